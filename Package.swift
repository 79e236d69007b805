// swift-tools-version: 6.1
import PackageDescription

/// The commit, as `make` tells it for the manifests of runs. Not `Context.gitInformation`, which SwiftPM caches: a build
/// after a commit would name the one before.
let commit = Context.environment["STRAND_COMMIT"].flatMap { name -> [CSetting]? in
    name.count < 40 ? nil : [.define("STRAND_COMMIT", to: "\"\(name)\"")]
}

let package = Package(
    name: "Strand",
    products: [
        .library(name: "Strand", targets: ["Strand"]),
        .library(name: "StrandMetrics", targets: ["StrandMetrics"]),
        .library(name: "StrandNetwork", targets: ["StrandNetwork", "CStrandKernels"]),
        .library(name: "StrandServer", targets: ["StrandServer"]),
        .library(name: "StrandC", type: .dynamic, targets: ["StrandC"]),
        .executable(name: "strand", targets: ["StrandCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .target(name: "CStrandKernels", exclude: ["README.md"]),
        .target(name: "CStrandModels"),
        .target(name: "CStrandPage"),
        .target(name: "CStrandBytes", cSettings: commit),
        .target(name: "StrandBytes", dependencies: ["CZlib", "CDeflate", "CExpat", "CStrandBytes"]),
        .target(name: "StrandMetrics"),
        .target(name: "StrandNetwork", dependencies: ["CStrandKernels"]),
        .target(
            name: "StrandEngine",
            dependencies: ["CStrandBytes", "CStrandPage", "StrandBytes", "StrandMetrics", "StrandNetwork"]),
        .target(
            name: "StrandProteins",
            dependencies: ["StrandBytes", "StrandMetrics", "StrandNetwork", "StrandEngine", "CStrandModels"]),
        .target(
            name: "StrandInk",
            dependencies: ["StrandBytes", "StrandMetrics", "StrandNetwork", "StrandEngine", "CStrandModels"]),
        .target(
            name: "StrandResearch",
            dependencies: [
                "StrandBytes", "StrandMetrics", "StrandNetwork", "StrandEngine", "StrandProteins", "StrandInk",
            ]),
        .target(
            name: "Strand",
            dependencies: [
                "StrandBytes", "StrandMetrics", "StrandNetwork", "StrandEngine", "StrandProteins", "StrandInk",
                "StrandResearch",
            ]),
        .target(name: "CStrand"),
        .target(name: "StrandC", dependencies: ["CStrand", "Strand"]),
        .target(
            name: "StrandServer",
            dependencies: [
                "Strand", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "StrandCLI",
            dependencies: [
                "Strand", "StrandServer", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(
            name: "TestSupport", dependencies: ["StrandBytes", "StrandProteins", "StrandInk"],
            path: "Tests/TestSupport"),
        .testTarget(name: "StrandBytesTests", dependencies: ["StrandBytes", "TestSupport"]),
        .testTarget(
            name: "StrandMetricsTests", dependencies: ["StrandMetrics", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .target(name: "AMXEmulation", dependencies: ["CStrandKernels"], path: "Tests/AMXEmulation"),
        .testTarget(
            name: "StrandNetworkTests",
            dependencies: ["StrandNetwork", "CStrandKernels", "AMXEmulation", "TestSupport"],
            resources: [.copy("Fixtures")]),
        .testTarget(name: "StrandProteinsTests", dependencies: ["Strand", "TestSupport"]),
        .testTarget(name: "StrandInkTests", dependencies: ["Strand", "TestSupport"]),
        .testTarget(
            name: "StrandCTests", dependencies: ["StrandC", "CStrand", "Strand", "StrandCLI", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "StrandServerTests",
            dependencies: ["StrandServer", "StrandCLI", "Strand", "StrandBytes", "TestSupport"]),
        .testTarget(name: "StrandResearchTests", dependencies: ["Strand", "TestSupport"]),
        .testTarget(
            name: "CLITests", dependencies: ["StrandCLI", "Strand", "TestSupport"],
            resources: [.copy("Fixtures")]),
    ],
    cLanguageStandard: .c2x
)
