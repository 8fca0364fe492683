#include "widgets/charts/tradeoffdata.h"

#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace pare {

namespace {

/// Gives free functions the context of the view they work for.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::TradeoffChart)
};

} // namespace

TradeoffAxis axisOf(RunQuantity quantity)
{
    constexpr AxisScale logarithmic = AxisScale::Logarithmic;
    switch (quantity) {
    case RunQuantity::Bytes:
        return {Words::tr("exported file"),  QStringLiteral("MB"), 1e-6, logarithmic, Better::Lower,
                QStringLiteral("file_bytes")};
    case RunQuantity::Milliseconds:
        return {Words::tr("one answer"), QStringLiteral("ms"),       1, logarithmic,
                Better::Lower,           QStringLiteral("answer_ms")};
    case RunQuantity::MultiplyAdds:
        return {Words::tr("multiply-adds an answer"),
                QStringLiteral("M"),
                1e-6,
                logarithmic,
                Better::Lower,
                QStringLiteral("multiply_adds")};
    case RunQuantity::Parameters:
        return {Words::tr("parameters"), QStringLiteral("M"),         1e-6, logarithmic,
                Better::Lower,           QStringLiteral("parameters")};
    case RunQuantity::LabelLoyalty:
        return {Words::tr("loyalty"), QStringLiteral("%"), 100,
                AxisScale::Linear,    Better::Higher,      QStringLiteral("same_answers_share")};
    case RunQuantity::ProbabilityLoyalty:
        return {Words::tr("probability loyalty"),
                QStringLiteral("%"),
                100,
                AxisScale::Linear,
                Better::Higher,
                QStringLiteral("same_probabilities_share")};
    case RunQuantity::Metric:
        break;
    }
    return {Words::tr("accuracy"), QStringLiteral("%"), 100,
            AxisScale::Linear,     Better::Higher,      QStringLiteral("accuracy_share")};
}

TradeoffData::TradeoffData()
    : x(axisOf(RunQuantity::Bytes))
    , y(axisOf(RunQuantity::Metric))
{}

QString TradeoffAxis::caption() const
{
    const QString named = unit.isEmpty() ? title : Words::tr("%1, %2").arg(title, unit);
    return scale == AxisScale::Logarithmic ? Words::tr("%1 (log)").arg(named) : named;
}

QString TradeoffAxis::text(double value) const
{
    const double shown = value * factor;
    const int whole =
        shown == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::abs(shown)))) + 1;
    const QString number = numberText(shown, std::clamp(3 - std::max(whole, 1), 0, 2));
    return unit.isEmpty() ? number : number + QChar(0x202f) + unit;
}

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// A value with its interval; both ends the value itself where none was measured.
Interval quantityOf(const Run &run, RunQuantity quantity)
{
    const auto exact = [](double value) { return Interval{value, value, value, 0}; };
    const Measurement &measured = run.measured;
    switch (quantity) {
    case RunQuantity::Bytes:
        return exact(static_cast<double>(measured.bytes));
    case RunQuantity::Milliseconds:
        return {measured.latencyMs.median, measured.latencyMs.low, measured.latencyMs.high, 0};
    case RunQuantity::MultiplyAdds:
        return exact(measured.multiplyAdds ? static_cast<double>(*measured.multiplyAdds) : unknown);
    case RunQuantity::Parameters:
        return exact(static_cast<double>(measured.parameters));
    case RunQuantity::LabelLoyalty:
        return run.labelLoyalty;
    case RunQuantity::ProbabilityLoyalty:
        return run.probabilityLoyalty;
    case RunQuantity::Metric:
        break;
    }
    const auto metric = measured.metrics.find(run.primaryMetric);
    return metric == measured.metrics.end() ? exact(unknown) : metric->second;
}

} // namespace

TradeoffPoint tradeoffPoint(const Run &run, TradeoffAxes axes)
{
    TradeoffPoint point;
    point.id = QString::fromStdString(run.id);
    point.title = translatedName(run);
    point.x = quantityOf(run, axes.x).value;
    const Interval y = quantityOf(run, axes.y);
    point.y = y.value;
    point.low = y.low;
    point.high = y.high;
    point.families = familiesOf(run);
    std::ranges::sort(point.families);
    const auto [first, last] = std::ranges::unique(point.families);
    point.families.erase(first, last);
    point.original = isOriginal(run);
    return point;
}

TradeoffPoint originalPoint(const Run &run, TradeoffAxes axes)
{
    Run original = run;
    original.id.clear();
    original.recipe = {};
    original.distillation = {};
    original.measured = run.baseline;
    original.labelLoyalty = original.probabilityLoyalty = {1, 1, 1, run.examples};
    return tradeoffPoint(original, axes);
}

std::vector<std::size_t> paretoFront(const TradeoffData &data)
{
    const double signX = data.x.better == Better::Lower ? 1 : -1;
    const double signY = data.y.better == Better::Higher ? 1 : -1;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        if (std::isfinite(data.points[i].x) && std::isfinite(data.points[i].y))
            order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const double xa = data.points[a].x * signX;
        const double xb = data.points[b].x * signX;
        return xa != xb ? xa < xb : data.points[a].y * signY > data.points[b].y * signY;
    });
    std::vector<std::size_t> front;
    double best = -std::numeric_limits<double>::infinity();
    for (const std::size_t i : order) {
        if (data.points[i].y * signY <= best)
            continue;
        best = data.points[i].y * signY;
        front.push_back(i);
    }
    if (signX < 0)
        std::ranges::reverse(front);
    return front;
}

} // namespace pare
