"""Neither the machine's time zone nor its clock moves a date of the record."""

import hashlib

import pytest

from timeline.tests.soak import rounds

pytestmark = [pytest.mark.slow, pytest.mark.each_database]

ZONES = rounds(["Pacific/Kiritimati"], ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo"])


def digest(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@pytest.mark.parametrize("zone", ZONES)
def test_the_export_is_the_same_in_every_time_zone(databases, loaded, zone):
    site = databases.new(like=loaded)

    assert digest(site.having(TZ=zone).export("there")) == digest(loaded.export(f"here-{zone[:9]}"))


@pytest.mark.parametrize("zone", ZONES)
def test_a_load_in_another_time_zone_writes_the_same(databases, migrated, loaded, zone):
    there = databases.new(like=migrated).having(TZ=zone)
    there.manage("load_seeds")

    assert digest(there.export("there")) == digest(loaded.export(f"whole-{zone[:9]}"))
