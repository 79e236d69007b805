import StrandFormats
import StrandInkXML
import TestSupport

/// Text as bytes in memory, named `test`.
func memory(_ text: String) -> ByteSource { .memory(Array(text.utf8), name: "test") }

func inkML(_ text: String) throws(FormatError) -> [InkSample] { try allSamples(InkMLReader(memory(text))) }
