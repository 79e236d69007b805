import CStrandBytes
import Glibc

/// The peak memory of the program so far, in MiB.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss >> 10
}

/// Has large arrays given back to the system when they are freed: for a program to call when it starts.
public func returnLargeArrays() { strand_return_large_arrays() }
