from django.urls import path

from gelingen.web.process import belongings, courses, deeds, standing, views

urlpatterns = [
    path("", views.process, name="process"),
    path("ablauf/", courses.take_over, name="take-course"),
    path("stand/", standing.standing, name="standing"),
    path("stand/papier/<slug:fmt>/", standing.paper, name="standing-paper"),
    path("phase/<path:record>/beginnen/", deeds.begin_phase, name="begin-phase"),
    path("phase/<path:record>/ruht/", deeds.rest_phase, name="rest-phase"),
    path("phase/<path:record>/fortsetzen/", deeds.resume_phase, name="resume-phase"),
    path("phase/<path:record>/abschliessen/", deeds.finish_phase, name="finish-phase"),
    path("phase/<path:record>/dateien/", views.attach_file, name="attach-to-phase"),
    path("phase/<path:record>/", views.phase, name="phase"),
    path("ereignis/<path:record>/dateien/", belongings.attach_to_event, name="attach-to-event"),
    path("ereignis/<path:record>/", belongings.event, name="event"),
    path(
        "begleitung/<path:record>/dateien/", belongings.attach_to_support, name="attach-to-support"
    ),
    path("begleitung/<path:record>/", belongings.support, name="support"),
    path("schritt/<path:record>/", deeds.tick_step, name="tick-step"),
]
