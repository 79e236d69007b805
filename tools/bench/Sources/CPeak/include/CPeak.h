/// What this machine can do at most: loops of nothing but independent multiply-adds in registers.
#ifndef CPEAK_H
#define CPEAK_H

#include <stdbool.h>

/// Operations (two a multiply-add) of one call of `peak_loop`, on the widest vectors this processor has.
double peak_operations(bool bf16, long rounds);

/// Runs the loop, of floats or (where the processor has avx512_bf16) of bfloat16 pairs; returns a number that depends on
/// all of it, so that it is not left out.
float peak_loop(bool bf16, long rounds);

#endif
