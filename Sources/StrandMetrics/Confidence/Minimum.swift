/// Where a function of one variable is least, by golden-section search (Kiefer 1953).
///
/// Finds the minimum of a unimodal function; of another, some local one. Calls it about 5 log10(width / tolerance) times.
/// - Parameters:
///   - range: where to look.
///   - tolerance: how near to the minimum is near enough.
public func minimum(in range: ClosedRange<Double>, tolerance: Double = 1e-4, of function: (Double) -> Double) -> Double
{
    let section = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    var (left, right) = (high - section * (high - low), low + section * (high - low))
    var (leftValue, rightValue) = (function(left), function(right))
    while high - low > tolerance {
        if leftValue <= rightValue {
            (high, right, rightValue) = (right, left, leftValue)
            left = high - section * (high - low)
            leftValue = function(left)
        } else {
            (low, left, leftValue) = (left, right, rightValue)
            right = low + section * (high - low)
            rightValue = function(right)
        }
    }
    return (low + high) / 2
}
