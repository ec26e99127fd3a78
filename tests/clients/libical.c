/* Parses a calendar with libical and prints each complaint on a line, then "events N". */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_line(char *line, size_t size, void *file)
{
    return fgets(line, (int)size, file);
}

static void print_errors(icalcomponent *component)
{
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; property; property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf("%s: %s\n", icalcomponent_kind_to_string(icalcomponent_isa(component)),
               icalproperty_get_xlicerror(property));
    }
    icalcomponent *child = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; child; child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        print_errors(child);
    }
}

int main(int count, char **arguments)
{
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: libical FILE\n");
        return EXIT_FAILURE;
    }
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, file);
    icalcomponent *calendar = icalparser_parse(parser, read_line);
    fclose(file);
    if (!calendar) {
        fprintf(stderr, "no calendar in it\n");
        return EXIT_FAILURE;
    }
    /* The check adds its findings to the component, like those of the parser. */
    icalrestriction_check(calendar);
    print_errors(calendar);
    printf("events %d\n", icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT));
    return EXIT_SUCCESS;
}
