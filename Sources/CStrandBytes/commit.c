#include "strand_bytes.h"

#include <string.h>

#ifndef STRAND_COMMIT
// Without the build's word: what Git keeps in the folder of the sources. HEAD names a branch, or is a commit itself.
static const char head[] = {
#if __has_embed("../../.git/HEAD")
#embed "../../.git/HEAD" limit(40) suffix(, )
#endif
    0};
static const char tip_of_main[] = {
#if __has_embed("../../.git/refs/heads/main")
#embed "../../.git/refs/heads/main" limit(40) suffix(, )
#endif
    0};

const char *strand_commit(void) {
    const char *found = strcmp(head, "ref: refs/heads/main\n") == 0 ? tip_of_main : head;
    return strspn(found, "0123456789abcdef") == 40 ? found : "unknown";
}
#else
const char *strand_commit(void) { return STRAND_COMMIT; }
#endif
