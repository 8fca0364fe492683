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

QString noWeightsText();

} // namespace pare
