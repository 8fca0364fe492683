// What the small drawings of the window are on paper: each from the values it was given, with the table
// of them. Its application's thread.
#pragma once

#include "core/model/trainingrecord.h"
#include "widgets/charts/histogramview.h"
#include "widgets/charts/matrixview.h"
#include "widgets/charts/plotfigure.h"
#include "widgets/charts/spectrumview.h"

namespace pare {

/// Loss and score above learning rate and gradient norm. A row for each step of which something is
/// known: step, epoch, loss_nats, learning_rate, gradient_norm, development_loss_nats,
/// development_accuracy_share, development_examples.
PlotFigure lossFigure(const TrainingRecord &record);

/// A row for each bin: weight_low, weight_high, before_count, after_count.
PlotFigure histogramFigure(const HistogramData &data, const QString &layer);

/// With a cut at `rank`. A row for each value: rank, singular_value, energy_share (of all up to it),
/// kept (1 or 0).
PlotFigure spectrumFigure(const SpectrumData &data, int rank, const QString &layer);

/// `shown` in weights. A row for each block that is seen, counted from 0: row_first, row_last,
/// column_first, column_last, shown, mean_before, mean_after.
PlotFigure matrixFigure(const MatrixData &data, const QRectF &shown, const QString &layer);

} // namespace pare
