// The interface is implemented in Swift: Sources/StrandC. Here are functions in the place of two of glibc's: with those the
// shared library would need glibc 2.36, and with these it needs 2.34. `tools/install/library.sh` names them to the linker.
#include "strand.h"

#include <math.h>
#include <stdlib.h>
#include <sys/random.h>

/// hypotf, which Swift's library names. No product of two floats overflows a double.
float strand_hypotf(float x, float y);
float strand_hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    return (float)sqrt((double)x * x + (double)y * y);
}

/// arc4random_buf, from which libexpat has the salt of its tables.
void strand_random_bytes(void *bytes, size_t count);
void strand_random_bytes(void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        const ssize_t some = getrandom((char *)bytes + done, count - done, 0);
        if (some < 0) abort();
        done += (size_t)some;
    }
}
