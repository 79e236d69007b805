// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "StrandBench",
    dependencies: [
        .package(name: "Strand", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        .target(name: "CPeak"),
        .executableTarget(
            name: "strand-bench",
            dependencies: [
                "CPeak", .product(name: "Strand", package: "Strand"),
                .product(name: "StrandNetwork", package: "Strand"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Sources/StrandBench"),
    ],
    cLanguageStandard: .c2x
)
