#include "widgets/panels/settingwords.h"

#include "core/base/numbers.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::SettingEditor)
};

using PlainWord = std::pair<std::string_view, const char *>;

// Where the table's word is one of the field, not one of the reader.
constexpr PlainWord titles[] = {
    {"granularity", QT_TRANSLATE_NOOP("pare::SettingEditor", "One scale for each")},
    {"group", QT_TRANSLATE_NOOP("pare::SettingEditor", "Size of a group")},
    {"symmetric", QT_TRANSLATE_NOOP("pare::SettingEditor", "Steps around zero")},
    {"clip", QT_TRANSLATE_NOOP("pare::SettingEditor", "Steps reach to")},
    {"act-order", QT_TRANSLATE_NOOP("pare::SettingEditor", "Largest inputs first")},
    {"sparsity", QT_TRANSLATE_NOOP("pare::SettingEditor", "Share of zeros")},
    {"pattern", QT_TRANSLATE_NOOP("pare::SettingEditor", "Pattern, kept : of")},
    {"block", QT_TRANSLATE_NOOP("pare::SettingEditor", "Whole blocks of")},
    {"scope", QT_TRANSLATE_NOOP("pare::SettingEditor", "Smallest of")},
    {"inputs", QT_TRANSLATE_NOOP("pare::SettingEditor", "Judged by inputs")},
    {"keep", QT_TRANSLATE_NOOP("pare::SettingEditor", "Share kept")},
    {"energy", QT_TRANSLATE_NOOP("pare::SettingEditor", "Energy kept")},
    {"error", QT_TRANSLATE_NOOP("pare::SettingEditor", "Largest error")},
    {"count", QT_TRANSLATE_NOOP("pare::SettingEditor", "How many")},
    {"importance", QT_TRANSLATE_NOOP("pare::SettingEditor", "Judged by")},
    {"every", QT_TRANSLATE_NOOP("pare::SettingEditor", "Blocks that share")},
    {"keep-weights", QT_TRANSLATE_NOOP("pare::SettingEditor", "Weights that stay")},
    {"k", QT_TRANSLATE_NOOP("pare::SettingEditor", "Different values")},
};

/// "setting=choice"
constexpr PlainWord choices[] = {
    {"granularity=tensor", QT_TRANSLATE_NOOP("pare::SettingEditor", "matrix")},
    {"granularity=channel", QT_TRANSLATE_NOOP("pare::SettingEditor", "output channel")},
    {"granularity=group", QT_TRANSLATE_NOOP("pare::SettingEditor", "group of weights")},
    {"clip=minmax", QT_TRANSLATE_NOOP("pare::SettingEditor", "the outermost weights")},
    {"clip=percentile", QT_TRANSLATE_NOOP("pare::SettingEditor", "all but 1 in 1000")},
    {"clip=mse", QT_TRANSLATE_NOOP("pare::SettingEditor", "where the error is least")},
    {"scope=matrix", QT_TRANSLATE_NOOP("pare::SettingEditor", "each matrix")},
    {"scope=row", QT_TRANSLATE_NOOP("pare::SettingEditor", "each row")},
    {"scope=global", QT_TRANSLATE_NOOP("pare::SettingEditor", "all chosen layers")},
    {"inputs=sequential", QT_TRANSLATE_NOOP("pare::SettingEditor", "as compressed so far")},
    {"inputs=original", QT_TRANSLATE_NOOP("pare::SettingEditor", "of the original")},
    {"importance=magnitude", QT_TRANSLATE_NOOP("pare::SettingEditor", "size of the weights")},
    {"importance=activation", QT_TRANSLATE_NOOP("pare::SettingEditor", "size of what comes out")},
    {"importance=first-order", QT_TRANSLATE_NOOP("pare::SettingEditor", "what the loss loses")},
    {"importance=gradient", QT_TRANSLATE_NOOP("pare::SettingEditor", "gradient of the loss")},
};

// Other names under which the field knows them, by the beginning of an id; not translated.
constexpr PlainWord otherNames[] = {
    {"prune.heads", "remove drop attention head pruning structured"},
    {"prune.neurons", "remove drop neurons units structured width intermediate FFN MLP"},
    {"prune.layers", "remove drop layer dropping depth LayerDrop structured"},
    {"prune.vocabulary", "remove drop trim vocabulary tokens"},
    {"prune.", "remove pruning sparsity sparse zeros mask"},
    {"prune.magnitude", "unstructured semi-structured N:M"},
    {"prune.first-order", "Taylor gradient sensitivity SNIP"},
    {"prune.sparsegpt", "OBS optimal brain surgeon Hessian"},
    {"prune.movement", "movement pruning"},
    {"share.layers", "ALBERT tying cross-layer parameter sharing"},
    {"share.codebook", "clustering k-means palettization weight sharing"},
    {"factorize.", "decomposition factorization low-rank SVD truncated"},
    {"factorize.fwsvd", "FWSVD Fisher weighted"},
    {"factorize.asvd", "ASVD activation aware"},
    {"factorize.embedding", "ALBERT embedding factorization"},
    {"quantize.", "quantization PTQ compress"},
    {"quantize.affine", "RTN round to nearest uniform integer linear INT"},
    {"quantize.gptq", "OBQ OPTQ Hessian INT"},
    {"quantize.awq", "activation-aware INT"},
    {"quantize.int8", "INT8 W8A8 dynamic"},
    {"quantize.smoothquant", "INT8 W8A8"},
    {"quantize.llm-int8", "INT8 W8A8 bitsandbytes LLM.int8()"},
    {"quantize.codebook", "k-means clustering palettization non-uniform"},
    {"quantize.half", "fp16 float16"},
    {"quantize.bfloat16", "bf16"},
    {"quantize.ternary", "TWN TernaryBERT 1.58"},
    {"quantize.binary", "BinaryBERT XNOR 1-bit"},
    {"recover", "fine-tune finetuning QAT retrain distillation knowledge"},
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

const char *found(const PlainWord *begin, const PlainWord *end, std::string_view word)
{
    const auto *place =
        std::find_if(begin, end, [word](const PlainWord &one) { return one.first == word; });
    return place == end ? nullptr : place->second;
}

/// "a|b" in the person's language: "a, b".
QString wordsText(std::string_view words, const QString &separator)
{
    QStringList texts;
    for (const QString &word : textOf(words).split('|'))
        texts << wordText(word.toStdString());
    return texts.join(separator);
}

/// "mode=groups|cycle"
QString conditionText(std::string_view condition)
{
    const std::size_t equals = condition.find('=');
    const QString name = wordText(condition.substr(0, equals));
    if (equals == condition.npos)
        return name;
    return name + '=' + wordsText(condition.substr(equals + 1), Words::tr(" or "));
}

/// How a recipe writes it: "clip=minmax|percentile|mse", "bits=8".
QString literalText(const SettingInfo &info)
{
    QString text = textOf(info.name) + '=';
    if (!info.choices.empty())
        return text + textOf(info.choices).replace('|', QStringLiteral(" | "));
    return text + (info.defaultValue.empty() ? QStringLiteral("…") : textOf(info.defaultValue));
}

/// What is typed for its values: "2:4", "int8", "8 bits".
QString valueWords(const SettingInfo &info)
{
    switch (info.kind) {
    case SettingKind::Pattern:
        return QStringLiteral("2:4 1:4 4:8 1:2 N:M");
    case SettingKind::Block:
        return QStringLiteral("4x4 8x8 16x16 1x16 16x1");
    default:
        break;
    }
    QString words =
        textOf(info.choices).replace('|', ' ') + ' ' + wordsText(info.choices, QStringLiteral(" "));
    if (info.name == "bits") {
        for (int bits = static_cast<int>(info.minimum); bits <= info.maximum; ++bits)
            words += QStringLiteral(" int%1 %1-bit %1bit w%1").arg(bits);
    }
    return words;
}

} // namespace

QString wordText(std::string_view word)
{
    return QCoreApplication::translate("core", std::string(word).c_str());
}

QString settingTitle(const SettingInfo &info)
{
    if (const char *plain = found(std::begin(titles), std::end(titles), info.name))
        return Words::tr(plain);
    QString title = wordText(info.name);
    return atBeginning(title.replace('-', ' '));
}

QString choiceTitle(const SettingInfo &info, std::string_view choice)
{
    const std::string key = std::string(info.name) + '=' + std::string(choice);
    const char *plain = found(std::begin(choices), std::end(choices), key);
    return plain ? Words::tr(plain) : wordText(choice);
}

QString settingHelp(const SettingInfo &info)
{
    QString help = QCoreApplication::translate("core", info.help);
    if (info.kind == SettingKind::Integer || info.kind == SettingKind::Real) {
        help += '\n' + Words::tr("From %1 to %2 %3")
                           .arg(numberInLocale(QString::fromStdString(formatReal(info.minimum))),
                                numberInLocale(QString::fromStdString(formatReal(info.maximum))),
                                wordText(info.unit))
                           .trimmed();
    }
    if (!info.defaultValue.empty())
        help += '\n' + Words::tr("Default: %1").arg(choiceTitle(info, info.defaultValue));
    if (!info.excludes.empty())
        help +=
            '\n' +
            Words::tr("Takes the place of: %1").arg(wordsText(info.excludes, QStringLiteral(", ")));
    if (!info.requires_.empty())
        help += '\n' + Words::tr("Only with %1").arg(conditionText(info.requires_));
    return help + '\n' + Words::tr("In a recipe: %1").arg(literalText(info));
}

QString searchedWords(const TechniqueInfo &technique)
{
    // In the person's language, and as papers and the command line say it.
    QStringList words{textOf(technique.id),
                      QCoreApplication::translate("core", technique.title),
                      QCoreApplication::translate("core", technique.summary),
                      textOf(technique.reference),
                      QCoreApplication::translate("core", titleOf(technique.family)),
                      QString::fromUtf8(technique.title),
                      QString::fromUtf8(technique.summary),
                      QString::fromUtf8(titleOf(technique.family)),
                      textOf(nameOf(technique.family))};
    for (const auto &[beginning, names] : otherNames) {
        if (technique.id.starts_with(beginning))
            words << QString::fromUtf8(names);
    }
    for (const SettingInfo &setting : technique.settings)
        words << textOf(setting.name) << settingTitle(setting) << valueWords(setting);
    return words.join('\n');
}

} // namespace pare
