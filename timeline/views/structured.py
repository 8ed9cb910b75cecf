"""What a page says of itself to programs: linked data, and the fields that Zotero reads."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.exports import jsonld
from timeline.records import Form

CONTEXT = {"@context": jsonld.CONTEXT}


def site_name() -> str:
    return _("Japan–Türkiye: a sourced timeline, 1924–2025")


def site(request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def of_record(request, kind: str, record) -> dict:
    """The record as linked data; it must be loaded for its page."""
    host = site(request)
    return jsonld.NODES[kind](Form(host).of(kind)(record), host)


def graph(request, address: str, name: str, crumbs: list, entity: dict, record=None) -> dict:
    """The page, where it stands, and what it is about; crumbs are labels and addresses."""
    address = request.build_absolute_uri(address)
    page = {
        "@id": address,
        "@type": "WebPage",
        "url": address,
        "name": name,
        "inLanguage": get_language(),
        "license": jsonld.LICENCE,
        "isPartOf": {"@type": "WebSite", "name": site_name(), "url": f"{site(request)}/"},
    }
    if record:
        page["datePublished"] = record.added.isoformat()
        page["dateModified"] = (record.changed or record.added).isoformat()
    if entity:
        page["mainEntity"] = {"@id": entity["@id"]}
        documents = entity.get("subjectOf") or entity.get("citation") or []
        if documents:
            page["citation"] = [{"@id": one["@id"]} for one in documents]
    nodes = [page, entity]
    if crumbs:
        page["breadcrumb"] = {"@id": f"{address}#breadcrumb"}
        nodes.append(_breadcrumb(request, address, crumbs))
    return CONTEXT | {"@graph": [node for node in nodes if node]}


def work(request, address: str, name: str, record=None, *, is_entry: bool = False) -> dict:
    """The page as an item of a reference manager: an entry of a reference work, or a web page."""
    changed = record and (record.changed or record.added)
    return {
        "title": name,
        "type": "encyclopediaArticle" if is_entry else "webpage",
        "is_entry": is_entry,
        "date": changed,
        "language": get_language(),
        "publisher": site_name(),
        "url": request.build_absolute_uri(address),
        "rights": jsonld.LICENCE,
    }


def _breadcrumb(request, address: str, crumbs: list[tuple[str, str]]) -> dict:
    return {
        "@id": f"{address}#breadcrumb",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": label,
                "item": request.build_absolute_uri(url) if url else address,
            }
            for position, (label, url) in enumerate(crumbs, 1)
        ],
    }
