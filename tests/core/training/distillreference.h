// The losses of distillation once more, as loops over doubles: slow, and as close to the papers'
// formulas as code can be.
#pragma once

#include "core/base/error.h"
#include "core/training/distill/attentionlosses.h"
#include "core/training/distill/hiddenlosses.h"
#include "core/training/distill/logitlosses.h"

#include <ATen/core/Tensor.h>
#include <QString>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace pare::test {

inline at::Tensor leaf(const at::Tensor &tensor)
{
    return tensor.detach().clone().requires_grad_(true);
}

inline double difference(const at::Tensor &a, const at::Tensor &b)
{
    return a.detach().sub(b.detach()).abs().max().item<double>();
}

/// What the call refuses, as people read it; empty: nothing.
template <class Call>
QString refusal(const Call &call)
{
    try {
        call();
    } catch (const Error &error) {
        return error.kind() == ErrorKind::InvalidSetting ? QString(error.what()) : QString("kind");
    }
    return {};
}

using Row = std::vector<double>;
using Rows = std::vector<Row>;

inline Rows rowsOf(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.detach().to(at::kDouble).contiguous();
    const auto *from = values.data_ptr<double>();
    const std::int64_t width = values.size(1);
    Rows rows;
    for (std::int64_t i = 0; i < values.size(0); ++i)
        rows.emplace_back(from + i * width, from + (i + 1) * width);
    return rows;
}

inline double dot(const Row &a, const Row &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

inline Row softmaxOf(const Row &values, double temperature)
{
    Row result;
    double sum = 0;
    for (const double value : values)
        sum += std::exp(value / temperature);
    for (const double value : values)
        result.push_back(std::exp(value / temperature) / sum);
    return result;
}

inline double klOf(const Row &teacher, const Row &student)
{
    double sum = 0;
    for (std::size_t i = 0; i < teacher.size(); ++i)
        sum += teacher[i] * std::log(teacher[i] / student[i]);
    return sum;
}

inline double slowSoftenedKl(const Rows &student, const Rows &teacher, double temperature)
{
    double sum = 0;
    for (std::size_t i = 0; i < student.size(); ++i)
        sum += klOf(softmaxOf(teacher[i], temperature), softmaxOf(student[i], temperature));
    return temperature * temperature * sum / static_cast<double>(student.size());
}

inline double slowSoftCrossEntropy(const Rows &student, const Rows &teacher, double temperature)
{
    double sum = 0;
    for (std::size_t i = 0; i < student.size(); ++i) {
        const Row mine = softmaxOf(student[i], temperature);
        const Row its = softmaxOf(teacher[i], temperature);
        for (std::size_t k = 0; k < mine.size(); ++k)
            sum -= its[k] * std::log(mine[k]);
    }
    return sum / static_cast<double>(student.size());
}

inline double slowCosineDistance(const Rows &student, const Rows &teacher)
{
    double sum = 0;
    for (std::size_t i = 0; i < student.size(); ++i)
        sum += 1 - dot(student[i], teacher[i]) /
                       std::sqrt(dot(student[i], student[i]) * dot(teacher[i], teacher[i]));
    return sum / static_cast<double>(student.size());
}

inline double slowPatience(const Rows &student, const Rows &teacher,
                           const std::vector<std::int64_t> &starts)
{
    double sum = 0;
    for (const std::int64_t start : starts) {
        const Row &mine = student[static_cast<std::size_t>(start)];
        const Row &its = teacher[static_cast<std::size_t>(start)];
        for (std::size_t k = 0; k < mine.size(); ++k) {
            const double gap =
                mine[k] / std::sqrt(dot(mine, mine)) - its[k] / std::sqrt(dot(its, its));
            sum += gap * gap;
        }
    }
    return sum / static_cast<double>(starts.size());
}

inline double slowMse(const Rows &student, const Rows &teacher)
{
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < student.size(); ++i) {
        for (std::size_t k = 0; k < student[i].size(); ++k, ++count)
            sum += (student[i][k] - teacher[i][k]) * (student[i][k] - teacher[i][k]);
    }
    return sum / static_cast<double>(count);
}

inline Rows projectedRows(const Rows &rows, const Rows &projection)
{
    Rows result;
    for (const Row &row : rows) {
        result.emplace_back();
        for (const Row &weights : projection)
            result.back().push_back(dot(row, weights));
    }
    return result;
}

/// Rows of the matrices x yᵀ / sqrt(d) of every sequence and head; x and y are parts 0 (queries),
/// 1 (keys) or 2 (values).
inline Rows slowScores(const Rows &packed, std::size_t first, std::size_t second,
                       std::int64_t heads, const PackedGroups &groups)
{
    const std::size_t width = packed[0].size() / 3;
    const std::size_t headWidth = width / static_cast<std::size_t>(heads);
    Rows result;
    for (const PackedBatch::Group &group : groups) {
        const auto length = static_cast<std::size_t>(group.length);
        for (std::int64_t task = 0; task < group.sequences * heads; ++task) {
            const std::size_t start = static_cast<std::size_t>(group.firstToken) +
                                      static_cast<std::size_t>(task / heads) * length;
            const std::size_t column = static_cast<std::size_t>(task % heads) * headWidth;
            for (std::size_t i = 0; i < length; ++i) {
                result.emplace_back();
                for (std::size_t j = 0; j < length; ++j) {
                    double sum = 0;
                    for (std::size_t k = 0; k < headWidth; ++k)
                        sum += packed[start + i][first * width + column + k] *
                               packed[start + j][second * width + column + k];
                    result.back().push_back(sum / std::sqrt(static_cast<double>(headWidth)));
                }
            }
        }
    }
    return result;
}

inline double slowRelationKl(const Rows &student, const Rows &teacher)
{
    return slowSoftenedKl(student, teacher, 1);
}

/// A loss and its loops, over one pair of matrices.
struct LossCase
{
    std::string name; ///< as in the golden file
    std::string tensors;
    std::function<at::Tensor(const at::Tensor &student, const at::Tensor &teacher)> loss;
    std::function<double(const Rows &student, const Rows &teacher)> slow;
    bool zeroForEqual = true;
};

/// What the cases are computed for, of the golden file.
struct LossSetting
{
    PackedGroups groups;
    std::vector<std::int64_t> starts;
    std::int64_t heads = 1;
    std::int64_t relationHeads = 1;
    at::Tensor projection;
};

inline std::vector<LossCase> logitCases()
{
    std::vector<LossCase> cases;
    for (const int temperature : {1, 2, 10})
        cases.push_back({"softenedKl " + std::to_string(temperature), "logits",
                         [=](auto &s, auto &t) { return softenedKl(s, t, temperature); },
                         [=](auto &s, auto &t) { return slowSoftenedKl(s, t, temperature); }});
    for (const int temperature : {1, 3})
        cases.push_back({"softCrossEntropy " + std::to_string(temperature), "logits",
                         [=](auto &s, auto &t) { return softCrossEntropy(s, t, temperature); },
                         [=](auto &s, auto &t) { return slowSoftCrossEntropy(s, t, temperature); },
                         false});
    return cases;
}

inline std::vector<LossCase> hiddenCases(const LossSetting &setting)
{
    return {
        {"cosineDistance", "hidden", cosineDistance, slowCosineDistance},
        {"patienceLoss", "hidden",
         [=](auto &s, auto &t) {
             const std::vector<HiddenPair> pairs{{s, t}};
             return patienceLoss(pairs, setting.starts);
         },
         [=](auto &s, auto &t) { return slowPatience(s, t, setting.starts); }},
        {"hiddenMse", "hidden", [](auto &s, auto &t) { return hiddenMse(s, t); }, slowMse},
        {"hiddenMse projected", "wide",
         [=](auto &s, auto &t) { return hiddenMse(s, t, setting.projection.to(s.scalar_type())); },
         [=](auto &s, auto &t) {
             return slowMse(projectedRows(s, rowsOf(setting.projection)), t);
         }},
        {"featureMapTransfer", "hidden", featureMapTransfer, slowMse},
    };
}

inline std::vector<LossCase> attentionCases(const LossSetting &setting)
{
    const auto pairOf = [=](const at::Tensor &s, const at::Tensor &t) {
        return AttentionPair{{s, setting.heads}, {t, setting.heads}};
    };
    const auto scores = [=](const Rows &rows, std::size_t first, std::size_t second,
                            std::int64_t heads) {
        return slowScores(rows, first, second, heads, setting.groups);
    };
    return {
        {"scoreMse", "packed",
         [=](auto &s, auto &t) { return scoreMse(pairOf(s, t), setting.groups); },
         [=](auto &s, auto &t) {
             return slowMse(scores(s, 0, 1, setting.heads), scores(t, 0, 1, setting.heads));
         }},
        {"attentionKl", "packed",
         [=](auto &s, auto &t) { return attentionKl(pairOf(s, t), setting.groups); },
         [=](auto &s, auto &t) {
             return slowRelationKl(scores(s, 0, 1, setting.heads), scores(t, 0, 1, setting.heads));
         }},
        {"valueRelationKl", "packed",
         [=](auto &s, auto &t) { return valueRelationKl(pairOf(s, t), setting.groups); },
         [=](auto &s, auto &t) {
             return slowRelationKl(scores(s, 2, 2, setting.heads), scores(t, 2, 2, setting.heads));
         }},
        {"relationKl", "packed",
         [=](auto &s, auto &t) {
             return relationKl(pairOf(s, t), setting.groups,
                               RelationOptions{.heads = setting.relationHeads});
         },
         [=](auto &s, auto &t) {
             double sum = 0;
             for (std::size_t part = 0; part < 3; ++part)
                 sum += slowRelationKl(scores(s, part, part, setting.relationHeads),
                                       scores(t, part, part, setting.relationHeads));
             return sum;
         }},
    };
}

} // namespace pare::test
