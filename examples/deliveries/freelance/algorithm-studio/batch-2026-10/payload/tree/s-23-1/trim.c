#include <ctype.h>
#include <string.h>

/* Removes blanks at both ends in place and returns the new length. */
size_t trim(char *text)
{
    size_t start = 0;
    size_t end = strlen(text);
    while (start < end && isspace((unsigned char)text[start])) {
        start++;
    }
    while (end > start && isspace((unsigned char)text[end - 1])) {
        end--;
    }
    memmove(text, text + start, end - start);
    text[end - start] = '\0';
    return end - start;
}
