

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0003_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('\\A[12][0-9]{3}\\.(0[1-9]|1[0-2])(\\.[1-9][0-9]{0,2})?\\Z', 'A release is numbered by year and month: 2026.11, then 2026.11.1.')], verbose_name='number')),
                ('day', models.DateField(verbose_name='day')),
                ('records', models.PositiveIntegerField(help_text='How many events it holds.', verbose_name='records')),
                ('checksum', models.CharField(help_text='SHA-256 of the zip.', max_length=64, verbose_name='checksum')),
                ('files', models.JSONField(verbose_name='files')),
                ('changes', models.JSONField(verbose_name='changes')),
                ('notes', models.TextField(blank=True, verbose_name='notes')),
            ],
            options={
                'verbose_name': 'release',
                'verbose_name_plural': 'releases',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FrozenView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(help_text='The query string, in one order.', verbose_name='question')),
                ('day', models.DateField(verbose_name='day')),
                ('release', models.CharField(blank=True, max_length=12, verbose_name='release')),
                ('count', models.PositiveIntegerField(verbose_name='records')),
                ('checksum', models.CharField(max_length=64, verbose_name='checksum')),
                ('marks', models.JSONField(verbose_name='records and their marks')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
            ],
            options={
                'verbose_name': 'cited view',
                'verbose_name_plural': 'cited views',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('question', 'release', 'checksum'), name='frozenview_once')],
            },
        ),
    ]
