"""Which small words do the templates know?"""

from django import template

register = template.Library()
