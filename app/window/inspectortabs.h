// What the inspector's tabs say of one layer, and why it matters: free functions from the document's
// values to the panel's. Window's thread.
#pragma once

#include "app/window/layerinspection.h"
#include "app/window/viewvalues.h"

namespace pare {

SpectrumPageData spectrumPage(const Document &document, const LayerMapCell &cell,
                              const Inspected &inspected);
MatrixPageData matrixPage(const Document &document, const LayerMapCell &cell,
                          const Inspected &inspected);
OptionsPageData optionsPage(const Document &document, const LayerMapCell &cell,
                            const Inspected &inspected);

/// Two sentences from the layer's numbers; what is not known yet is left out.
QString whyItMatters(const Document &document, const LayerMapCell &cell,
                     const Inspected &inspected);

/// Pages of the help about what these sentences speak of, with their titles: what the recipe does to
/// the layer, then what its numbers are about.
std::vector<std::pair<QString, QString>> whyPages(const LayerMapCell &cell,
                                                  const Inspected &inspected);

} // namespace pare
