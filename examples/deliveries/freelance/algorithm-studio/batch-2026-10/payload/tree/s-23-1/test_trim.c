#include <assert.h>
#include <string.h>

size_t trim(char *text);

int main(void)
{
    char both[] = " \t two words \n";
    char none[] = "x";
    char blank[] = "   ";
    assert(trim(both) == 9 && strcmp(both, "two words") == 0);
    assert(trim(none) == 1 && strcmp(none, "x") == 0);
    assert(trim(blank) == 0 && blank[0] == '\0');
    return 0;
}
