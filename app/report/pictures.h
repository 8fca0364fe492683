// The report's pictures as SVG text that can stand within HTML.
#pragma once

#include "core/model/layer.h"
#include "core/model/run.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace pare {

/// The runs of one model and data set as points, the original as a square.
struct TradeoffData;
TradeoffData tradeoffData(const std::vector<Run> &runs);

QByteArray curveSvg(const std::vector<Run> &runs, const QString &caption);
/// What `run` left of each layer of `model`.
QByteArray layerMapSvg(const ModelDescription &model, const Run &run);

} // namespace pare
