// Which settings can be swept, and at which values.
#include "app/window/sweepdialog.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/experiment/sweep.h"
#include "widgets/panels/settingsform.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

bool isShare(const SettingInfo &info)
{
    return info.unit == "share";
}

QString text(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isSweepable(const SettingInfo &info)
{
    return info.kind != SettingKind::Text;
}

/// What a setting is worth trying at, whatever its range; its value now is `value`.
std::vector<double> candidates(const SettingInfo &info, double value)
{
    if (isShare(info))
        return {0.1, 0.25, 0.5, 0.75, 0.9};
    if (info.unit == "bits")
        return {2, 3, 4, 6, 8};
    std::vector<double> values;
    for (const double factor : {0.25, 0.5, 1.0, 2.0, 4.0})
        values.push_back(info.kind == SettingKind::Integer ? std::round(value * factor)
                                                           : value * factor);
    return values;
}

/// A value to begin at where the step has none: about the middle of the range, as ratios go.
double middle(const SettingInfo &info)
{
    const double low = std::max(info.minimum, info.kind == SettingKind::Integer ? 1.0 : 0.01);
    const double high = std::min(info.maximum, 1024.0);
    const double middle = std::sqrt(low * std::max(high, low));
    return info.kind == SettingKind::Integer ? std::exp2(std::round(std::log2(middle))) : middle;
}

QStringList numbers(const SweptSetting &setting)
{
    const SettingInfo &info = *setting.info;
    const auto found = setting.step.settings.find(std::string(info.name));
    const std::optional<double> now = parseReal(
        found == setting.step.settings.end() ? std::string(info.defaultValue) : found->second);
    std::vector<double> values = candidates(info, now && *now > 0 ? *now : middle(info));
    std::erase_if(values,
                  [&](double value) { return value < info.minimum || value > info.maximum; });
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
    QStringList texts;
    for (const double value : values)
        texts << QString::fromStdString(formatReal(isShare(info) ? value * 100 : value));
    return texts;
}

/// "25" of per cent as the share that a step holds.
QString shareOf(const QString &percent)
{
    const std::optional<double> number = parseReal(percent.toStdString());
    return number ? QString::fromStdString(formatReal(std::round(*number * 1e6) / 1e8)) : percent;
}

/// Ranges written out, shares as a step holds them.
QString valuesText(const SettingInfo &info, const QString &typed)
{
    static const QRegularExpression between(QStringLiteral("[,;|\\s]+"));
    QStringList values;
    for (QString value : QString(typed).remove('%').split(between, Qt::SkipEmptyParts)) {
        if (isShare(info)) {
            QStringList parts = value.split(QStringLiteral(".."));
            for (QString &part : parts) {
                QStringList ends = part.split(':');
                for (QString &end : ends)
                    end = shareOf(end);
                part = ends.join(':');
            }
            value = parts.join(QStringLiteral(".."));
        }
        values << value;
    }
    values.removeDuplicates();
    return values.join('|');
}

} // namespace

std::vector<SweptSetting> sweptSettings(const std::vector<ChosenStep> &steps,
                                        std::optional<std::size_t> chosen)
{
    std::vector<SweptSetting> settings;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const TechniqueInfo *technique = findTechnique(steps[i].step.technique);
        if (!technique || !(steps[i].enabled || i == chosen))
            continue;
        for (const SettingInfo &info : technique->settings) {
            if (isSweepable(info))
                settings.push_back({i, steps[i].step, &info});
        }
    }
    std::ranges::stable_partition(
        settings, [&](const SweptSetting &setting) { return setting.index == chosen; });
    return settings;
}

QString proposedValues(const SweptSetting &setting)
{
    QStringList values;
    switch (setting.info->kind) {
    case SettingKind::Integer:
    case SettingKind::Real:
        values = numbers(setting);
        break;
    case SettingKind::Choice:
        values = text(setting.info->choices).split('|');
        break;
    case SettingKind::Pattern:
        values = {"1:4", "2:4", "4:8"};
        break;
    case SettingKind::Block:
        values = {"4x4", "8x8", "16x16"};
        break;
    case SettingKind::Text:
        break;
    }
    return values.join(QStringLiteral(", "));
}

std::vector<Step> formsOf(const SweptSetting &setting, const QString &typed)
{
    const std::string values = valuesText(*setting.info, typed).toStdString();
    if (values.empty())
        return {};
    // Every value by itself brings and removes what it requires and excludes.
    std::vector<Step> forms;
    for (const std::string &value : alternativeValues(values, setting.step.technique)) {
        Step form = checked(withSetting(setting.step, *setting.info, value));
        if (std::ranges::find(forms, form) == forms.end())
            forms.push_back(std::move(form));
    }
    return forms;
}

} // namespace pare
