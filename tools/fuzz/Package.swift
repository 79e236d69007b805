// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "StrandFuzz",
    dependencies: [.package(name: "Strand", path: "../..")],
    targets: [
        .executableTarget(
            name: "strand-fuzz",
            dependencies: [
                .product(name: "Strand", package: "Strand"),
                .product(name: "StrandServer", package: "Strand"),
            ], path: "Sources/StrandFuzz")
    ]
)
