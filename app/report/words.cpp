#include "app/report/words.h"

#include "core/base/numbers.h"
#include "widgets/theme/words.h"

#include <cmath>

namespace pare {

namespace {

constexpr double perCent = 100;
const QString dash = QStringLiteral("–");

} // namespace

QString inWords(const Message &message)
{
    const std::string pattern = QCoreApplication::translate("core", message.pattern).toStdString();
    return QString::fromStdString(substituted(pattern, message.arguments));
}

QString translatedTerm(const char *text)
{
    return QCoreApplication::translate("core", text);
}

ReportNumbers::ReportNumbers(QLocale locale)
    : m_locale(std::move(locale))
{}

QString ReportNumbers::number(double value, int decimals) const
{
    return std::isfinite(value) ? m_locale.toString(value, 'f', decimals) : dash;
}

QString ReportNumbers::signedNumber(double value, int decimals) const
{
    if (!std::isfinite(value))
        return dash;
    const QString text = number(std::abs(value), decimals);
    // What rounds to nothing has no sign.
    if (text == number(0, decimals))
        return text;
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + text;
}

QString ReportNumbers::count(std::int64_t value) const
{
    return m_locale.toString(static_cast<qlonglong>(value));
}

QString ReportNumbers::bytes(std::int64_t bytes) const
{
    if (bytes < 1000)
        return ReportWords::tr("%1 bytes").arg(count(bytes));
    const ScaledBytes scaled = scaledBytes(bytes);
    return number(scaled.value, scaled.decimals) + QChar(QChar::Nbsp) + QLatin1String(scaled.unit);
}

QString ReportNumbers::percent(double share, int decimals) const
{
    return std::isfinite(share) ? ReportWords::tr("%1 %").arg(number(perCent * share, decimals))
                                : dash;
}

QString ReportNumbers::interval(const Interval &interval, int decimals) const
{
    if (!std::isfinite(interval.value))
        return dash;
    return ReportWords::tr("%1 (%2 … %3)")
        .arg(percent(interval.value, decimals), number(perCent * interval.low, decimals),
             number(perCent * interval.high, decimals));
}

QString ReportNumbers::points(double difference) const
{
    return ReportWords::tr("%1 points").arg(signedNumber(perCent * difference, 2));
}

QString ReportNumbers::pointsInterval(const Interval &interval) const
{
    return ReportWords::tr("%1 (%2 … %3)")
        .arg(signedNumber(perCent * interval.value, 2), signedNumber(perCent * interval.low, 2),
             signedNumber(perCent * interval.high, 2));
}

QString ReportNumbers::milliseconds(double value) const
{
    return value > 0 ? ReportWords::tr("%1 ms").arg(number(value, 2)) : dash;
}

QString ReportNumbers::shareOf(std::int64_t part, std::int64_t whole) const
{
    return whole > 0 ? percent(static_cast<double>(part) / static_cast<double>(whole), 1) : dash;
}

const Interval *primaryOf(const Measurement &measured, const Run &run)
{
    const auto found = measured.metrics.find(run.primaryMetric);
    return found == measured.metrics.end() || !std::isfinite(found->second.value) ? nullptr
                                                                                  : &found->second;
}

QString shortPath(const std::string &path)
{
    const QString text = QString::fromStdString(path);
    return text.startsWith('/') ? text.section('/', -1, -1, QString::SectionSkipEmpty) : text;
}

QString typeset(QString text)
{
    const QString space(QChar(QChar::Nbsp));
    return text.replace(QStringLiteral(" %"), space + '%')
        .replace(QStringLiteral(" … "), space + QStringLiteral("…") + space);
}

QString nameOf(const Run &run)
{
    return translatedName(run);
}

} // namespace pare
