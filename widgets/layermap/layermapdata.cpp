#include "widgets/layermap/layermapdata.h"

#include "core/base/numbers.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

/// Gives free functions the context of the view they work for.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::LayerMap)
};

QString named(const std::string &name)
{
    return QString::fromStdString(name);
}

std::int64_t bytesAsOwner(const Layer &layer)
{
    if (layer.sharedWith.empty() || layer.shape.empty())
        return layer.bytes;
    std::int64_t elements = std::accumulate(layer.shape.begin(), layer.shape.end(), std::int64_t(1),
                                            std::multiplies<>());
    if (layer.bias)
        elements += layer.shape.front();
    return elements * sizeOf(layer.dtype);
}

QString percent(const std::string &share)
{
    const double value = parseReal(share).value_or(0) * 100;
    return numberText(value, value == std::round(value) ? 0 : 1) + QStringLiteral("\u202f%");
}

} // namespace

std::optional<std::size_t> LayerMapData::find(std::string_view name) const
{
    const auto found = std::ranges::find(cells, name, &LayerMapCell::name);
    if (found == cells.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - cells.begin());
}

const LayerMeasure *LayerMapData::measure(std::string_view key) const
{
    const auto found = std::ranges::find(measures, key, &LayerMeasure::key);
    return found == measures.end() ? nullptr : &*found;
}

void LayerMapData::show(std::size_t index)
{
    shown = measures.at(index);
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i].state.value = shown.values.at(i);
    shown.values.clear();
}

LayerMapData layerMapData(const ModelDescription &model,
                          const std::map<std::string, LayerState> &states)
{
    LayerMapData data;
    data.shown.key = "error";
    data.shown.title = Words::tr("weight error");
    data.shown.unit = QStringLiteral("%");
    data.cells.reserve(model.layers.size());
    for (const Layer &layer : model.layers) {
        LayerMapCell cell;
        cell.name = layer.name;
        cell.role = layer.role;
        cell.stack = layer.stack;
        cell.block = layer.block;
        cell.shape = layer.shape;
        cell.dtype = layer.dtype;
        cell.bytesBefore = bytesAsOwner(layer);
        cell.sharedBefore = layer.sharedWith;
        cell.state.bytes = layer.bytes;
        cell.state.sharedWith = layer.sharedWith;
        if (const auto state = states.find(layer.name); state != states.end())
            cell.state = state->second;
        data.cells.push_back(std::move(cell));
    }
    return data;
}

std::optional<std::int64_t> storedRank(const LayerRecord &record)
{
    constexpr std::string_view beginning = "rank "; // as core/weights describes a product
    if (!record.storage.starts_with(beginning))
        return std::nullopt;
    std::int64_t rank = 0;
    const char *end = record.storage.data() + record.storage.size();
    const auto [rest, error] = std::from_chars(record.storage.data() + beginning.size(), end, rank);
    return error == std::errc() ? std::optional(rank) : std::nullopt;
}

LayerState stateOf(const LayerRecord &record, std::optional<std::int64_t> rank)
{
    if (!rank)
        rank = storedRank(record);
    LayerState state;
    state.bytes = record.bytes;
    state.sharedWith = record.sharedWith;
    state.value = record.weightError * 100;
    std::vector<std::pair<Family, QString>> badges;
    QStringList words;
    for (const std::string &text : record.steps) {
        const Step step = parsedStep(text);
        if (const TechniqueInfo *technique = findTechnique(step.technique)) {
            state.families.push_back(technique->family);
            if (const QString badge = badgeOf(step, rank); !badge.isEmpty())
                badges.emplace_back(technique->family, badge);
        }
        QString name = translatedName(step);
        const bool asShare = step.settings.contains("keep") || step.settings.contains("energy") ||
                             step.settings.contains("error");
        if (const QString badge = badgeOf(step, rank); asShare && badge != badgeOf(step))
            name += QStringLiteral(" (%1)").arg(badge); // what the share came to
        words.append(name);
    }
    std::ranges::stable_sort(badges, {}, &std::pair<Family, QString>::first);
    for (const auto &[family, badge] : badges)
        state.badges.append(badge);
    std::ranges::sort(state.families);
    const auto [first, last] = std::ranges::unique(state.families);
    state.families.erase(first, last);
    state.technique = words.join(QStringLiteral("; "));
    return state;
}

namespace {

/// Of techniques without a number to tell.
QString badgeOfFormat(const std::string &technique)
{
    static const std::map<std::string, QString> formats{
        {"quantize.half", QStringLiteral("fp16")},
        {"quantize.bfloat16", QStringLiteral("bf16")},
        {"quantize.int8", QStringLiteral("int8")},
        {"quantize.smoothquant", QStringLiteral("int8")},
        {"quantize.llm-int8", QStringLiteral("int8")},
        {"quantize.ternary", QStringLiteral("0\u202f\u00b11")},
        {"quantize.binary", QStringLiteral("\u00b11")},
    };
    const auto found = formats.find(technique);
    return found == formats.end() ? QString() : found->second;
}

QString rankText(const QString &rank)
{
    return Words::tr("r%1", "few letters for a rank: r24").arg(rank);
}

/// Of a form that the weights or a share decide.
QString badgeOfShare(const Step &step, const TechniqueInfo &technique,
                     std::optional<std::int64_t> rank)
{
    const auto share = [&step](const char *name) {
        const auto found = step.settings.find(name);
        return found == step.settings.end() ? QString() : percent(found->second);
    };
    const bool kronecker = step.technique == "factorize.kronecker";
    if (rank && technique.part == LayerPart::Form && !kronecker)
        return rankText(QString::number(*rank));
    if (const QString energy = share("energy"); !energy.isEmpty())
        return Words::tr("e\u202f%1", "few letters for the kept share of a matrix's energy")
            .arg(energy);
    if (const QString error = share("error"); !error.isEmpty())
        return QChar(0x2264) + error;
    const QString kept = share("keep");
    if (kronecker)
        return QChar(0x2297) + (kept.isEmpty() ? QString() : QChar(0x202f) + kept);
    return kept.isEmpty()
               ? QString()
               : Words::tr("r\u202f%1", "few letters for the kept share of a rank").arg(kept);
}

} // namespace

QString badgeOf(const Step &step, std::optional<std::int64_t> rank)
{
    const auto setting = [&step](const char *name) {
        const auto found = step.settings.find(name);
        return found == step.settings.end() ? QString() : QString::fromStdString(found->second);
    };
    if (const QString bits = setting("bits"); !bits.isEmpty())
        return Words::tr("%1b", "few letters for bits: 4b").arg(bits);
    if (const QString asked = setting("rank"); !asked.isEmpty())
        return rankText(asked);
    if (const QString pattern = setting("pattern"); !pattern.isEmpty())
        return pattern;
    if (step.settings.contains("sparsity"))
        return QChar(0x2212) + percent(step.settings.at("sparsity"));
    const TechniqueInfo *technique = findTechnique(step.technique);
    if (technique && technique->family == Family::Structure) {
        if (step.technique == "prune.layers")
            return {}; // of whole blocks, what is left of one says more
        if (const QString count = setting("count"); !count.isEmpty())
            return Words::tr("%1 left", "few letters for how many heads or neurons stay")
                .arg(count);
        const double kept = parseReal(setting("keep").toStdString()).value_or(1);
        return kept < 1 ? QChar(0x2212) + percent(formatReal(1 - kept)) : QString();
    }
    const QString share = technique ? badgeOfShare(step, *technique, rank) : QString();
    return share.isEmpty() ? badgeOfFormat(step.technique) : share;
}

QString layerShapeText(const std::vector<std::int64_t> &shape)
{
    QStringList sizes;
    for (const std::int64_t size : shape)
        sizes.append(countText(size));
    return sizes.join(QStringLiteral(" × "));
}

QString bytesText(std::int64_t bytes)
{
    return numberInLocale(QString::fromStdString(formatBytes(bytes)));
}

QString shortBytesText(std::optional<std::int64_t> bytes)
{
    return bytes ? bytesText(*bytes) : QStringLiteral("?");
}

QString valueText(const LayerMeasure &measure, double value)
{
    if (std::isnan(value))
        return Words::tr("not measured");
    const double size = std::abs(value);
    const int whole = size == 0 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
    QString text = numberText(size, std::clamp(3 - whole, 0, measure.decimals));
    if (!measure.unit.isEmpty())
        text += QChar(0x202f) + measure.unit;
    return value < 0 ? QChar(0x2212) + text : text;
}

QString roleTitle(LayerRole role)
{
    static const std::map<LayerRole, const char *> titles{
        {LayerRole::TokenEmbedding, QT_TRANSLATE_NOOP("pare::LayerMap", "token embedding")},
        {LayerRole::PositionEmbedding, QT_TRANSLATE_NOOP("pare::LayerMap", "position embedding")},
        {LayerRole::TypeEmbedding, QT_TRANSLATE_NOOP("pare::LayerMap", "type embedding")},
        {LayerRole::EmbeddingAttention,
         QT_TRANSLATE_NOOP("pare::LayerMap", "attention in the embedding")},
        {LayerRole::EmbeddingProjection,
         QT_TRANSLATE_NOOP("pare::LayerMap", "projection of the embedding")},
        {LayerRole::Pooler, QT_TRANSLATE_NOOP("pare::LayerMap", "pooler")},
        {LayerRole::Classifier, QT_TRANSLATE_NOOP("pare::LayerMap", "classifier")},
        {LayerRole::Head, QT_TRANSLATE_NOOP("pare::LayerMap", "head")},
    };
    const auto found = titles.find(role);
    return found == titles.end() ? partTitle(std::string(nameOf(role))) : Words::tr(found->second);
}

QString partTitle(const std::string &part)
{
    static const std::map<std::string, const char *> titles{
        {"attention", QT_TRANSLATE_NOOP("pare::LayerMap", "attention")},
        {"cross", QT_TRANSLATE_NOOP("pare::LayerMap", "cross-attention")},
        {"ffn", QT_TRANSLATE_NOOP("pare::LayerMap", "feed-forward")},
        {"query", QT_TRANSLATE_NOOP("pare::LayerMap", "query")},
        {"key", QT_TRANSLATE_NOOP("pare::LayerMap", "key")},
        {"value", QT_TRANSLATE_NOOP("pare::LayerMap", "value")},
        {"output", QT_TRANSLATE_NOOP("pare::LayerMap", "output")},
        {"up", QT_TRANSLATE_NOOP("pare::LayerMap", "up")},
        {"down", QT_TRANSLATE_NOOP("pare::LayerMap", "down")},
        {"norm", QT_TRANSLATE_NOOP("pare::LayerMap", "norm")},
        {"encoder", QT_TRANSLATE_NOOP("pare::LayerMap", "encoder")},
        {"decoder", QT_TRANSLATE_NOOP("pare::LayerMap", "decoder")},
    };
    const auto found = titles.find(part);
    return found == titles.end() ? QString::fromStdString(part) : Words::tr(found->second);
}

QString spokenText(const LayerMapData &data, const LayerMapCell &cell)
{
    const QString name = named(cell.name);
    QStringList sentences;
    sentences.append(Words::tr("%1, %2.").arg(
        name, layerShapeText(cell.shape).replace(QStringLiteral("×"), Words::tr("by"))));
    if (cell.isShared()) {
        sentences.append(Words::tr("It uses the weights of %1 and takes no bytes of its own.")
                             .arg(named(cell.state.sharedWith)));
        return sentences.join(QChar(' '));
    }
    const QString before = bytesText(cell.bytesBefore);
    if (!cell.state.bytes)
        sentences.append(
            Words::tr("It took %1; what it takes is known after measuring.").arg(before));
    else if (*cell.state.bytes == cell.bytesBefore)
        sentences.append(Words::tr("It takes %1, as in the original.").arg(before));
    else
        sentences.append(Words::tr("It takes %1 of %2.").arg(bytesText(*cell.state.bytes), before));
    if (!cell.state.technique.isEmpty())
        sentences.append(Words::tr("Applied: %1.").arg(cell.state.technique));
    if (!std::isnan(cell.state.value))
        sentences.append(Words::tr("Its %1 is %2.")
                             .arg(data.shown.title, valueText(data.shown, cell.state.value)));
    return sentences.join(QChar(' '));
}

namespace {

/// "26 kB, was 262 kB (10 % left)"
QString sizeText(const LayerMapCell &cell)
{
    const QString before = bytesText(cell.bytesBefore);
    if (!cell.state.bytes)
        return Words::tr("was %1; size known after measuring").arg(before);
    if (*cell.state.bytes == cell.bytesBefore || cell.bytesBefore <= 0)
        return bytesText(*cell.state.bytes);
    const double left =
        100.0 * static_cast<double>(*cell.state.bytes) / static_cast<double>(cell.bytesBefore);
    return Words::tr("%1, was %2 (%3 % left)")
        .arg(bytesText(*cell.state.bytes), before, numberText(left, left < 10 ? 1 : 0));
}

} // namespace

QString toolTipText(const LayerMapData &data, const LayerMapCell &cell)
{
    QStringList lines;
    lines.append(QStringLiteral("<b>%1</b>").arg(named(cell.name).toHtmlEscaped()));
    lines.append(QStringLiteral("%1 · %2").arg(
        layerShapeText(cell.shape),
        QString::fromUtf8(nameOf(cell.dtype).data(), qsizetype(nameOf(cell.dtype).size()))));
    if (cell.isShared()) {
        lines.append(
            Words::tr("uses the weights of %1").arg(named(cell.state.sharedWith).toHtmlEscaped()));
    } else {
        lines.append(sizeText(cell));
    }
    if (!cell.state.technique.isEmpty())
        lines.append(cell.state.technique.toHtmlEscaped());
    if (!cell.isShared() && !std::isnan(cell.state.value))
        lines.append(QStringLiteral("%1: %2").arg(data.shown.title.toHtmlEscaped(),
                                                  valueText(data.shown, cell.state.value)));
    return lines.join(QStringLiteral("<br>"));
}

} // namespace pare
