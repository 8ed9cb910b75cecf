"""The API described: for programs as OpenAPI, for people as a page with examples."""

import functools

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from timeline import delivery


@functools.cache
def specification() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


@delivery.open_to_all
def openapi(request):
    return JsonResponse(specification(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@require_safe
def documentation(request):
    return render(request, "timeline/api_docs.html", {})
