import CStrandKernels

// Work on the whole flat buffer of a network.

extension Compute {
    /// The weights as this path's products read them, and where they lie then; biases are unchanged. Costs nothing if products
    /// read the scalars themselves.
    func prepared<Scalar>(
        _ layout: ParameterLayout, _ weights: Matrix<Scalar>
    ) -> (layout: ParameterLayout, weights: Matrix<Scalar>) {
        withElements(of: weights) { weights in
            prepared(layout) { index, prepare in prepare(weights + layout.parameters[index].range.lowerBound) }
        } ?? (layout, weights)
    }

    /// The same of weights that are made one parameter at a time, by its index.
    /// - Returns: nil if products read the scalars themselves.
    func prepared<Scalar>(
        _ layout: ParameterLayout, _ weights: (_ parameter: Int) -> Matrix<Scalar>
    ) -> (layout: ParameterLayout, weights: Matrix<Scalar>)? {
        prepared(layout) { index, prepare in withElements(of: weights(index)) { prepare($0) } }
    }

    /// - Parameter withWeights: hands over the weights of the parameter with that index.
    /// - Returns: nil if products read the scalars themselves.
    private func prepared<Scalar>(
        _ layout: ParameterLayout,
        _ withWeights: (_ index: Int, _ prepare: (UnsafePointer<Scalar>) -> Void) -> Void
    ) -> (layout: ParameterLayout, weights: Matrix<Scalar>)? {
        let table = kernels(Scalar.self)
        guard let prepare = table.prepare, let preparedCount = table.prepared_count else { return nil }
        func isKept(_ role: Parameter.Role) -> Bool { table.keeps_scalars && !role.joinsUnits }
        let target = ParameterLayout(layout.shape) { role, packing in
            isKept(role)
                ? packing.packedRows * packing.packedColumns : preparedCount(packing.packedColumns, packing.packedRows)
        }
        var prepared = Matrix<Scalar>(unfilled: 1, target.count, isReusable: false)
        prepared.withMutableElements { prepared in
            runUnchecked(layout.parameters.count) { index in
                let parameter = layout.parameters[index]
                let to = prepared + target.parameters[index].range.lowerBound
                withWeights(index) { from in
                    if parameter.isVector || isKept(parameter.role) {
                        to.update(from: from, count: parameter.range.count)
                    } else {
                        let packing = parameter.packing
                        prepare(packing.packedColumns, packing.packedRows, packing.panelRows, from, to)
                    }
                }
            }
        }
        return (target, prepared)
    }

    /// Packs the transpose of every weight that a backward pass multiplies by, at the weight's own offset.
    func transposeWeights<Scalar>(
        _ layout: ParameterLayout, weights: Matrix<Scalar>, into transposed: inout Matrix<Scalar>
    ) {
        transposed.reshape(rows: 1, columns: layout.count)
        let transpose = kernels(Scalar.self).transpose!
        let parameters = layout.transposedWeights
        transposed.withMutableElements { transposed in
            withElements(of: weights) { weights in
                runUnchecked(parameters.count) { index in
                    let (packing, start) = (parameters[index].packing, parameters[index].range.lowerBound)
                    transpose(
                        packing.packedColumns, packing.packedRows, packing.panelRows, weights + start,
                        transposed + start)
                }
            }
        }
    }

    /// Sum of squares of all elements, summed in one fixed order whatever the number of threads.
    func squaredNorm<Scalar>(_ layout: ParameterLayout, _ values: Matrix<Scalar>) -> Double {
        let squaredNorm = kernels(Scalar.self).squared_norm!
        let parts = layout.parts
        return withElements(of: values) { values in
            mapUnchecked(parts.count) { squaredNorm(parts[$0].range.count, values + parts[$0].range.lowerBound) }
                .reduce(0, +)
        }
    }

    /// One step of AdamW on all weights; biases and peepholes do not decay. The weights of the network's inputs learn at
    /// `inputRateFactor` times the rate and decay as fast as all others.
    func adamW<Scalar>(
        _ layout: ParameterLayout, _ step: strand_adamw, inputRateFactor: Double, gradient: Matrix<Scalar>,
        weights: inout Matrix<Scalar>, first: inout Matrix<Scalar>, second: inout Matrix<Scalar>,
        average: inout Matrix<Scalar>
    ) {
        let adamw = kernels(Scalar.self).adamw!
        let parts = layout.parts
        weights.withMutableElements { weights in
            first.withMutableElements { first in
                second.withMutableElements { second in
                    average.withMutableElements { average in
                        withElements(of: gradient) { gradient in
                            runUnchecked(parts.count) { index in
                                let (parameter, range) = parts[index]
                                var step = parameter.step(step, inputRateFactor: inputRateFactor)
                                let start = range.lowerBound
                                adamw(
                                    range.count, &step, gradient + start, weights + start, first + start,
                                    second + start, average + start)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Parameter {
    /// The step as this parameter takes it.
    fileprivate func step(_ step: strand_adamw, inputRateFactor: Double) -> strand_adamw {
        var step = step
        if isVector { step.decay = 0 }
        if isInputWeight {
            step.rate *= inputRateFactor
            step.decay /= inputRateFactor
        }
        return step
    }
}
