import Glibc

/// Temperature scaling: logits are divided by one number, fitted on validation data, so that confidence matches
/// accuracy (Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks"). It changes no label.
public enum TemperatureScaling {
    /// The range of temperatures searched.
    public static let range = 0.25...4.0

    /// Whether a temperature found lies at an end of the range, so that the best is beyond it: the model does not know such
    /// data, or they are too few.
    public static func isAtAnEnd(_ temperature: Double) -> Bool {
        temperature < 1.01 * range.lowerBound || temperature > 0.99 * range.upperBound
    }

    /// The temperature that minimises a loss, such as the mean negative logarithm of the true labels' probabilities.
    /// Calls `loss` about twenty times, to one part in a thousand. Cross-entropy is convex in 1 / temperature, so for
    /// it this is the global minimum.
    public static func temperature(minimising loss: (Double) -> Double) -> Double {
        exp(minimum(in: log(range.lowerBound)...log(range.upperBound)) { loss(exp($0)) })
    }

    /// The minimum of a function of one variable that falls, then rises, by golden-section search (Kiefer 1953).
    /// - Parameter tolerance: how close to the minimum the result must be.
    package static func minimum(
        in range: ClosedRange<Double>, tolerance: Double = 1e-3, of function: (Double) -> Double
    ) -> Double {
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
}
