/// What this machine can do at most: loops of nothing but independent multiply-adds in registers.
#ifndef CPEAK_H
#define CPEAK_H

/// Multiply-add operations (two a lane) that one call of `peak_fma` makes, on the widest vectors this processor has.
double peak_fma_operations(long rounds);

/// Runs the loop; returns a number that depends on all of it, so that it is not left out.
float peak_fma(long rounds);

#endif
