#include "app/document/document.h"
#include "app/window/helppages.h"
#include "app/window/inspectortabs.h"

#include <QCoreApplication>
#include <cmath>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::InspectorPanel)
};

constexpr double heavyTails = 6; // kurtosis; a normal distribution has 3

/// Never broken before its sign.
QString percent(double share)
{
    return numberText(100 * share, share < 0.1 ? 1 : 0) + QChar(0xa0) + '%';
}

/// How much of the file it is, and what the recipe does to it.
QString shareSentence(const Document &document, const LayerMapCell &cell, const LayerLook &look,
                      const Run *run)
{
    if (!cell.sharedBefore.empty())
        return Words::tr("It uses the weight of %1 and has no bytes of its own.")
            .arg(QString::fromStdString(cell.sharedBefore));
    const double part =
        static_cast<double>(cell.bytesBefore) / static_cast<double>(document.model().bytes);
    const QString share = part < 0.001 ? Words::tr("less than 0.1 %") : percent(part);
    const std::optional<double> measured = measuredError(run, cell.name);
    if (measured && !cell.state.families.empty())
        return Words::tr("It is %1 of the original file, and the recipe leaves a weight error of "
                         "%2 in it.")
            .arg(share, percent(*measured / 100));
    if (look.after)
        return Words::tr("It is %1 of the original file, and the recipe leaves a weight error of "
                         "%2 in it.")
            .arg(share, percent(look.weightError));
    if (look.unknown)
        return Words::tr("It is %1 of the original file; what the recipe does to its weights is "
                         "known after measuring.")
            .arg(share);
    return Words::tr("It is %1 of the original file, and the recipe leaves it as it is.")
        .arg(share);
}

int rankOf(const LayerSpectrum &spectrum)
{
    double sum = 0;
    for (const double value : spectrum.values)
        sum += value * value;
    double kept = 0;
    for (std::size_t i = 0; i < spectrum.values.size(); ++i) {
        kept += spectrum.values[i] * spectrum.values[i];
        if (kept >= keptEnergy * sum)
            return static_cast<int>(i) + 1;
    }
    return static_cast<int>(spectrum.values.size());
}

/// What its numbers say about few bits, and about low rank where the spectrum is known.
QString shapeSentence(const LayerLook &look, const LayerSpectrum *spectrum)
{
    const bool heavy = look.before.kurtosis >= heavyTails;
    const QString kurtosis = numberText(look.before.kurtosis, 1);
    if (!spectrum)
        return heavy ? Words::tr("A few weights are much larger than the others (kurtosis %1): "
                                 "few bits spend their steps on those.")
                           .arg(kurtosis)
                     : Words::tr("No weights stand out (kurtosis %1; a normal distribution has "
                                 "3): few bits spread their steps well.")
                           .arg(kurtosis);
    const int rank = rankOf(*spectrum);
    const bool saves = rank < spectrum->breakEven;
    QString pattern;
    if (heavy && saves)
        pattern = Words::tr("A few weights are much larger than the others (kurtosis %1), which "
                            "few bits spend their steps on; keeping 90 % of its energy takes %2 "
                            "of %3 singular values, and saves %4 of its weights.");
    else if (heavy)
        pattern = Words::tr("A few weights are much larger than the others (kurtosis %1), which "
                            "few bits spend their steps on; its spectrum is flat too: keeping "
                            "90 % of its energy takes %2 of %3 singular values, and from %4 on "
                            "nothing is saved.");
    else if (saves)
        pattern = Words::tr("No weights stand out (kurtosis %1), so that few bits spread their "
                            "steps well; keeping 90 % of its energy takes %2 of %3 singular "
                            "values, and saves %4 of its weights.");
    else
        pattern = Words::tr("No weights stand out (kurtosis %1), so that few bits spread their "
                            "steps well; its spectrum is flat: keeping 90 % of its energy takes "
                            "%2 of %3 singular values, and from %4 on nothing is saved.");
    const QString last = saves ? percent(1 - rank / spectrum->breakEven)
                               : numberText(std::ceil(spectrum->breakEven), 0);
    return pattern.arg(kurtosis, QString::number(rank), QString::number(spectrum->values.size()),
                       last);
}

QString pageOf(Family family)
{
    switch (family) {
    case Family::Structure:
        return QStringLiteral("structure");
    case Family::Sharing:
        return QStringLiteral("sharing");
    case Family::LowRank:
        return QStringLiteral("low-rank");
    case Family::Pruning:
        return QStringLiteral("pruning");
    case Family::Quantization:
        return QStringLiteral("quantization");
    case Family::Training:
        return QStringLiteral("training");
    }
    return {};
}

} // namespace

QString whyItMatters(const Document &document, const LayerMapCell &cell, const Inspected &inspected)
{
    const LayerSeen &seen = inspected.seen;
    if (!seen.look || seen.look->name != cell.name)
        return {};
    const QString first = shareSentence(document, cell, *seen.look, inspected.run) + QChar(' ');
    if (cell.shape.size() != 2)
        return first + Words::tr("It is a vector: what is done to matrices leaves it as it is.");
    const bool spectrum =
        seen.spectrum && seen.spectrum->name == cell.name && !seen.spectrum->values.empty();
    return first + shapeSentence(*seen.look, spectrum ? &*seen.spectrum : nullptr);
}

std::vector<std::pair<QString, QString>> whyPages(const LayerMapCell &cell,
                                                  const Inspected &inspected)
{
    QStringList pages;
    for (const Family family : cell.state.families)
        pages << pageOf(family);
    if (cell.isShared())
        pages << pageOf(Family::Sharing);
    if (cell.shape.size() == 2) {
        pages << pageOf(Family::Quantization); // kurtosis
        const std::optional<LayerSpectrum> &spectrum = inspected.seen.spectrum;
        if (spectrum && spectrum->name == cell.name && !spectrum->values.empty())
            pages << pageOf(Family::LowRank);
    } else {
        pages << QStringLiteral("inspector");
    }
    pages.removeDuplicates();
    std::vector<std::pair<QString, QString>> titled;
    for (const QString &page : pages)
        titled.emplace_back(page, helpTitle(page));
    return titled;
}

} // namespace pare
