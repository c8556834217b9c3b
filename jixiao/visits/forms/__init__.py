"""What may be sent about assessments on site, from forms and from devices?"""
