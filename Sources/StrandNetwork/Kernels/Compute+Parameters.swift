import CStrandKernels

// What is done to the whole flat buffer of a network.

extension Compute {
    /// The weights as this path's products read them: all at their places, biases unchanged. Costs nothing where products
    /// read the scalars themselves.
    func prepared<Scalar>(_ layout: ParameterLayout, _ weights: Matrix<Scalar>) -> Matrix<Scalar> {
        guard let prepare = kernels(Scalar.self).prepare else { return weights }
        var prepared = Matrix<Scalar>(unfilled: 1, layout.count)
        prepared.withMutableElements { prepared in
            withElements(of: weights) { weights in
                run(layout.parameters.count) { index in
                    let parameter = layout.parameters[index]
                    let start = parameter.range.lowerBound
                    if parameter.isVector {
                        (prepared + start).update(from: weights + start, count: parameter.range.count)
                    } else {
                        let size = parameter.packedSize
                        prepare(size.inner, size.columns, size.panel, weights + start, prepared + start)
                    }
                }
            }
        }
        return prepared
    }

    /// Packs the transpose of every weight that a backward pass multiplies by, each at its own place.
    func transposeWeights<Scalar>(
        _ layout: ParameterLayout, weights: Matrix<Scalar>, into transposed: inout Matrix<Scalar>
    ) {
        transposed.reshape(rows: 1, columns: layout.count)
        let transpose = kernels(Scalar.self).transpose!
        let places = layout.transposedWeights
        transposed.withMutableElements { transposed in
            withElements(of: weights) { weights in
                run(places.count) { task in
                    let place = places[task]
                    transpose(
                        place.inner, place.columns, place.panel, weights + place.start, transposed + place.start)
                }
            }
        }
    }

    /// Sum of squares of all elements, summed in one fixed order whatever the number of threads.
    func squaredNorm<Scalar>(_ layout: ParameterLayout, _ values: Matrix<Scalar>) -> Double {
        let squaredNorm = kernels(Scalar.self).squared_norm!
        let parts = layout.parts
        return withElements(of: values) { values in
            map(parts.count) { squaredNorm(parts[$0].range.count, values + parts[$0].range.lowerBound) }.reduce(0, +)
        }
    }

    /// One step of AdamW on all weights; biases and peepholes do not decay.
    func adamW<Scalar>(
        _ layout: ParameterLayout, _ step: strand_adamw, inputRateFactor: Double, gradient: Matrix<Scalar>,
        weights: inout Matrix<Scalar>, moments: inout AdamW<Scalar>.Moments
    ) {
        let adamw = kernels(Scalar.self).adamw!
        let parts = layout.parts
        weights.withMutableElements { weights in
            moments.first.withMutableElements { first in
                moments.second.withMutableElements { second in
                    moments.average.withMutableElements { average in
                        withElements(of: gradient) { gradient in
                            run(parts.count) { task in
                                let start = parts[task].range.lowerBound
                                var step = step
                                if parts[task].parameter.isVector { step.decay = 0 }
                                if parts[task].parameter.isInputWeight {
                                    step.rate *= inputRateFactor
                                    step.decay /= inputRateFactor
                                }
                                adamw(
                                    parts[task].range.count, &step, gradient + start, weights + start, first + start,
                                    second + start, average + start)
                            }
                        }
                    }
                }
            }
        }
    }
}
