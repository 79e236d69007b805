// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Strand",
    products: [
        .library(name: "Strand", targets: ["Strand"]),
        .library(name: "StrandFormats", targets: ["StrandFormats"]),
        .library(name: "StrandInkXML", targets: ["StrandInkXML"]),
        .library(name: "StrandNetwork", targets: ["StrandNetwork", "CStrandKernels"]),
        .executable(name: "strand", targets: ["StrandCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CStrandKernels", exclude: ["README.md"]),
        .target(name: "CStrandModels"),
        .target(name: "StrandFormats", dependencies: ["CZlib"]),
        .target(name: "StrandInkXML", dependencies: ["StrandFormats"]),
        .target(name: "StrandMetrics"),
        .target(name: "StrandNetwork", dependencies: ["CStrandKernels"]),
        .target(
            name: "Strand",
            dependencies: ["StrandFormats", "StrandNetwork", "StrandMetrics", "CStrandModels"]),
        .executableTarget(
            name: "StrandCLI",
            dependencies: [
                "Strand", "StrandInkXML", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", dependencies: ["StrandFormats"], path: "Tests/TestSupport"),
        .testTarget(name: "StrandFormatsTests", dependencies: ["StrandFormats", "TestSupport"]),
        .testTarget(
            name: "StrandMetricsTests", dependencies: ["StrandMetrics", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "StrandInkXMLTests", dependencies: ["StrandInkXML", "StrandFormats", "TestSupport"]),
        .target(name: "AMXEmulation", dependencies: ["CStrandKernels"], path: "Tests/AMXEmulation"),
        .testTarget(
            name: "StrandNetworkTests",
            dependencies: ["StrandNetwork", "CStrandKernels", "AMXEmulation", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "StrandTests", dependencies: ["Strand", "TestSupport"]),
        .testTarget(
            name: "CLITests", dependencies: ["StrandCLI", "Strand", "StrandFormats", "StrandNetwork", "TestSupport"],
            resources: [.copy("Fixtures")]),
    ],
    cLanguageStandard: .c2x
)
