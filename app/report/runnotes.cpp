#include "app/report/runnotes.h"

#include "app/report/words.h"
#include "core/checkpoint/messages.h"
#include "core/compression/messages.h"
#include "core/experiment/messages.h"

#include <QRegularExpression>
#include <array>

namespace pare {

namespace {

/// All that ends among the notes of a run. The longer of two that fit stands first.
constexpr std::array patterns{
    messages::checkpointCompressedBy,
    messages::checkpointCompressed,
    messages::rankSavesTooLittle,
    messages::stepsReordered,
    messages::stepReplaces,
    messages::stepReplacedEverywhere,
    messages::stepLayersGone,
    messages::stepChangesNothing,
    messages::stepActsOnce,
    messages::stepActsOnOwners,
    messages::shareSurvives,
    messages::distillMeasuredOnDev,
    messages::experimentUnsteadyOriginal,
    messages::experimentUnsteady,
};

/// What a pattern can have become, with a group for each of its arguments, which come in their order.
QRegularExpression expressionOf(const char *pattern)
{
    static const QRegularExpression placeholder(QStringLiteral("%[1-9]"));
    QStringList parts;
    for (const QString &part : QString::fromUtf8(pattern).split(placeholder))
        parts << QRegularExpression::escape(part);
    return QRegularExpression(
        QRegularExpression::anchoredPattern(parts.join(QStringLiteral("(.*)"))),
        QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

QString noteInWords(const std::string &note)
{
    const QString text = QString::fromStdString(note);
    for (const char *pattern : patterns) {
        const QRegularExpressionMatch match = expressionOf(pattern).match(text);
        if (!match.hasMatch())
            continue;
        Message message{pattern, {}};
        for (const QString &argument : match.capturedTexts().mid(1))
            message.arguments.push_back(argument.toStdString());
        return inWords(message);
    }
    return text;
}

} // namespace pare
