// Which layers of the map a line of text means. Free functions; window's thread.
#pragma once

#include "core/model/layer.h"
#include "widgets/layermap/layermapdata.h"

#include <QString>
#include <QStringList>

namespace pare {

/// Part of a name ("ffn"), a selection ("*.ffn.*", "role=query and block=2-5"), a shape ("512x128", "512x*",
/// "shape=128"), or a condition on a number: "bytes > 100 kB", "after < 1 MB", "left < 50 %", "value > 5"
/// (what colour shows), or any measure of the data by its key, "kurtosis > 10"; what is not known meets none.
/// Several joined by "and" all hold. Names in the order of data. Throws InvalidSetting.
QStringList layersMatching(const QString &text, const LayerMapData &data,
                           const ModelDescription &model);

/// The key of a condition's quantity, so that its numbers can be looked for: of several, the first that is
/// known of no layer. Empty: there is none.
QString measureNamedIn(const QString &text, const LayerMapData &data);

/// Whether that quantity of a condition is known of no layer yet, so that none can meet it.
bool knownOfNone(const QString &quantity, const LayerMapData &data);

} // namespace pare
