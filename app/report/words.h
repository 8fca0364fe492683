// Words and numbers of a report in the reader's language.
//
// Words come through the translators that QCoreApplication has, numbers follow the locale that is
// handed in. Values; the application's thread.
#pragma once

#include "core/base/message.h"
#include "core/model/run.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace pare {

/// Gives the report's sentences one context for translators.
struct ReportWords
{
    Q_DECLARE_TR_FUNCTIONS(pare::Report)
};

/// What core says to people, in the reader's language.
QString inWords(const Message &message);
/// The same of a text of core's tables.
QString translatedTerm(const char *text);

class ReportNumbers
{
public:
    explicit ReportNumbers(QLocale locale);

    const QLocale &locale() const { return m_locale; }
    QString number(double value, int decimals) const;
    QString count(std::int64_t value) const;
    /// "8.21 MB": powers of ten, three significant digits.
    QString bytes(std::int64_t bytes) const;
    /// Of a share: "91.24 %".
    QString percent(double share, int decimals = 2) const;
    /// "91.24 % (90.31 … 92.10)"
    QString interval(const Interval &interval, int decimals = 2) const;
    /// A difference of shares: "−0.52 points"
    QString points(double difference) const;
    /// "−0.52 (−1.01 … −0.03)", in points.
    QString pointsInterval(const Interval &interval) const;
    QString milliseconds(double value) const;
    /// Of a part in a whole, "28.3 %"; a dash where the whole is nothing.
    QString shareOf(std::int64_t part, std::int64_t whole) const;

private:
    /// A minus sign where the locale writes a hyphen.
    QString signedNumber(double value, int decimals) const;

    QLocale m_locale;
};

/// The run's primary metric in what was measured; null where it was not.
const Interval *primaryOf(const Measurement &measured, const Run &run);

/// The last part of a path; the whole of what is no path ("wordnet:test").
QString shortPath(const std::string &path);

/// Units and intervals held together on their line.
QString typeset(QString text);

/// The recipe in few words.
QString nameOf(const Run &run);

} // namespace pare
