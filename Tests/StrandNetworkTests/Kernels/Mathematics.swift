import Foundation

// The functions of the system's library, under names that no kernel has.

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
