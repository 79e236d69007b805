import CStrandKernels

/// The AdamW optimiser (Loshchilov & Hutter 2019) with a moving average of the weights (Polyak & Juditsky 1992).
public struct AdamW<Scalar: KernelScalar>: Sendable {
    /// Per weight, in the network's flat packed layout.
    struct Moments: Sendable {
        var first: Matrix<Scalar>
        var second: Matrix<Scalar>
        /// Exponential moving average of the weights, which are evaluated and saved.
        var average: Matrix<Scalar>
    }

    /// The settings, which are the same at every step.
    public struct Options: Sendable, Equatable, Codable {
        /// Decay of the gradient's running mean.
        public var beta1 = 0.9
        /// Decay of the squared gradient's running mean.
        public var beta2 = 0.99
        /// Added to the root of the squared mean.
        public var epsilon = 1e-8
        /// Decoupled weight decay a step, times the learning rate; biases and peepholes do not decay.
        public var weightDecay = 0.01
        /// The gradient's global norm is cut down to this (Pascanu, Mikolov & Bengio 2013).
        public var clipNorm = 1.0
        /// Largest decay of the weights' moving average; early steps use (1 + step) / (10 + step) if that is less.
        public var averageDecay = 0.999

        /// The weights of the network's inputs learn at this many times the rate. With one-hot features a timestep moves one
        /// input weight of a unit but hundreds of its recurrent weights, and a factor above 1 makes up for that (Yang et al.
        /// 2021, "Tensor Programs V").
        public var inputRateFactor = 1.0

        public init() {}
    }

    let options: Options
    var moments: Moments
    /// Steps taken.
    var step = 0

    init(_ options: Options, weights: Matrix<Scalar>) {
        let zeros = Matrix<Scalar>(rows: weights.rows, columns: weights.columns)
        self.options = options
        moments = Moments(first: zeros, second: zeros, average: weights)
    }

    /// Moves the network against the gradient.
    /// - Returns: the gradient's norm before clipping; if it is not finite, nothing moves.
    mutating func update(
        _ network: inout RecurrentNetwork<Scalar>, gradient: Matrix<Scalar>, rate: Double, on compute: Compute
    ) -> Double {
        let norm = compute.squaredNorm(network.layout, gradient).squareRoot()
        guard norm.isFinite else { return norm }
        step += 1
        let arguments = strand_adamw(
            rate: rate, beta1: options.beta1, beta2: options.beta2, epsilon: options.epsilon,
            decay: options.weightDecay, correction1: 1 - power(options.beta1, step),
            correction2: 1 - power(options.beta2, step),
            gradient_scale: norm > options.clipNorm ? options.clipNorm / norm : 1,
            average_decay: min(options.averageDecay, Double(1 + step) / Double(10 + step)))
        compute.adamW(
            network.layout, arguments, inputRateFactor: options.inputRateFactor, gradient: gradient,
            weights: &network.weights, first: &moments.first, second: &moments.second, average: &moments.average)
        return norm
    }
}

/// base^exponent by repeated squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}
