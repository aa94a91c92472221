/* Reads a calendar through libical and prints what it understood, as JSON: an array of components, each an object with its kind, its properties (name, value,
 * parameters) in order, and for dates and times their parts. Exit status 1 when libical finds a fault. */
#include <jansson.h>
#include <libical/ical.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *next_line(char *s, size_t size, void *file)
{
    return fgets(s, (int)size, file);
}

static void put(json_t *object, const char *key, const char *value)
{
    if (json_object_set_new(object, key, value == NULL ? json_null() : json_string(value)) != 0)
        abort();
}

/* A time with its zone turned into UTC by libical, through the VTIMEZONE of this very calendar. */
static void put_time(json_t *object, struct icaltimetype t, const char *tzid, icalcomponent *root)
{
    char text[64];
    if (t.is_date) {
        snprintf(text, sizeof text, "%04d-%02d-%02d", t.year, t.month, t.day);
        put(object, "date", text);
        return;
    }
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", t.year, t.month, t.day, t.hour, t.minute);
    put(object, "time", text);
    icaltimezone *zone = tzid == NULL ? NULL : icalcomponent_get_timezone(root, tzid);
    if (tzid != NULL && zone == NULL)
        put(object, "fault", "no such time zone in the calendar");
    if (zone == NULL)
        return;
    icaltimezone_convert_time(&t, zone, icaltimezone_get_utc_timezone());
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", t.year, t.month, t.day, t.hour, t.minute);
    put(object, "utc", text);
}

static json_t *property(icalproperty *p, icalcomponent *root)
{
    json_t *object = json_object();
    icalvalue *value = icalproperty_get_value(p);
    icalvalue_kind kind = icalvalue_isa(value);
    icalparameter *tzid = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    char *text = icalproperty_get_property_name_r(p);
    put(object, "name", text);
    icalmemory_free_buffer(text);
    if (kind == ICAL_TEXT_VALUE)
        put(object, "value", icalvalue_get_text(value));
    else if (kind == ICAL_X_VALUE)
        put(object, "value", icalvalue_get_x(value));
    else
        put(object, "value", icalproperty_get_value_as_string(p));
    if (kind == ICAL_DATE_VALUE || kind == ICAL_DATETIME_VALUE)
        put_time(object, icalvalue_get_datetime(value), tzid == NULL ? NULL : icalparameter_get_tzid(tzid), root);
    return object;
}

/* True when it or what is in it has a fault. */
static bool component(json_t *all, icalcomponent *c, icalcomponent *root)
{
    bool bad = false;
    json_t *object = json_object(), *properties = json_array();
    put(object, "kind", icalcomponent_kind_to_string(icalcomponent_isa(c)));
    for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_ANY_PROPERTY); p != NULL; p = icalcomponent_get_next_property(c, ICAL_ANY_PROPERTY)) {
        bad = bad || icalproperty_isa(p) == ICAL_XLICERROR_PROPERTY;
        if (json_array_append_new(properties, property(p, root)) != 0)
            abort();
    }
    if (json_object_set_new(object, "properties", properties) != 0 || json_array_append_new(all, object) != 0)
        abort();
    for (icalcomponent *i = icalcomponent_get_first_component(c, ICAL_ANY_COMPONENT); i != NULL; i = icalcomponent_get_next_component(c, ICAL_ANY_COMPONENT))
        bad = component(all, i, root) || bad;
    return bad;
}

int main(void)
{
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, stdin);
    icalcomponent *root = icalparser_parse(parser, next_line);
    if (root == NULL) {
        fprintf(stderr, "libical reads no calendar\n");
        return 1;
    }
    json_t *all = json_array();
    /* Faults of form stay as properties of their own; icalrestriction_check() adds those of RFC 5545's tables. */
    bool bad = component(all, root, root) || icalrestriction_check(root) == 0;
    json_dumpf(all, stdout, JSON_INDENT(1));
    printf("\n");
    json_decref(all);
    icalcomponent_free(root);
    icalparser_free(parser);
    return bad ? 1 : 0;
}
