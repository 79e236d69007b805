#include <errno.h>
#include <sys/xattr.h>

#include "strand_bytes.h"

int strand_set_attribute(const char *path, const char *name, const uint8_t *value, size_t count) {
    return setxattr(path, name, value, count, 0);
}

ptrdiff_t strand_get_attribute(const char *path, const char *name, uint8_t *value, size_t count) {
    return getxattr(path, name, value, count);
}
