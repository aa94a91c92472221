# Sources of tests/screen: one file a line.
screen_sources = \
	tests/screen/golden.c \
	tests/screen/main.c \
	tests/screen/test_surface.c \
	tests/screen/test_key.c \
	tests/screen/test_edit.c \
	tests/screen/test_app.c \
	tests/screen/scene.c \
	tests/screen/stage.c \
	tests/screen/test_layout.c \
	tests/screen/test_live.c \
	tests/screen/test_people.c \
	tests/screen/test_check.c \
	tests/screen/test_panel.c \
	tests/screen/test_entries.c \
	tests/screen/test_sign.c \
	tests/screen/test_trouble.c \
	tests/screen/test_typed.c \
	tests/screen/test_actions.c \
	tests/screen/test_tracker.c \
	tests/screen/test_review.c \
	tests/screen/test_reading.c \
	tests/screen/test_form.c \
	tests/screen/test_home.c \
	tests/screen/test_minutes.c \
	tests/screen/test_plan.c

screen_data = \
	tests/screen/golden \
	tests/screen/golden.h \
	tests/screen/nasty.meeting \
	tests/screen/scene.h \
	tests/screen/stage.h \
	tests/screen/suites.def
