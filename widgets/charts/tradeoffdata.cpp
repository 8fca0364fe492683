#include "widgets/charts/tradeoffdata.h"

#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

/// Gives free functions the context of the view they work for.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::TradeoffChart)
};

} // namespace

TradeoffData::TradeoffData()
{
    x = {Words::tr("exported file"), QStringLiteral("MB"), 1e-6, AxisScale::Logarithmic,
         Better::Lower};
    y = {Words::tr("accuracy"), QStringLiteral("%"), 100, AxisScale::Linear, Better::Higher};
}

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

TradeoffPoint tradeoffPoint(const Run &run)
{
    TradeoffPoint point;
    point.id = QString::fromStdString(run.id);
    point.title = translatedName(run);
    point.x = static_cast<double>(run.measured.bytes);
    if (const auto metric = run.measured.metrics.find(run.primaryMetric);
        metric != run.measured.metrics.end()) {
        point.y = metric->second.value;
        point.low = metric->second.low;
        point.high = metric->second.high;
    } else {
        point.y = point.low = point.high = std::nan("");
    }
    point.families = familiesOf(run);
    std::ranges::sort(point.families);
    const auto [first, last] = std::ranges::unique(point.families);
    point.families.erase(first, last);
    point.original = isOriginal(run);
    return point;
}

TradeoffPoint originalPoint(const Run &run)
{
    Run original = run;
    original.id.clear();
    original.recipe = {};
    original.distillation = {};
    original.measured = run.baseline;
    return tradeoffPoint(original);
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
