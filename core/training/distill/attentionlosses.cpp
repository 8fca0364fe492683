#include "core/training/distill/attentionlosses.h"

#include "core/base/error.h"
#include "core/training/distill/distillchecks.h"
#include "core/training/distill/knowngradient.h"
#include "core/training/distill/messages.h"

#include <ATen/ops/_log_softmax.h>
#include <ATen/ops/bmm.h>
#include <ATen/ops/zeros_like.h>
#include <algorithm>
#include <c10/core/GradMode.h>
#include <cmath>
#include <utility>

namespace pare {

namespace {

/// Entries of the matrices computed at a time, at least those of one sequence.
constexpr std::int64_t tileEntries = std::int64_t{1} << 19;

enum class Part : std::int64_t { Query, Key, Value };
enum class Comparison { Scores, Distributions };

/// Sequences of one length that are computed together.
struct Tile
{
    std::int64_t firstToken = 0;
    std::int64_t sequences = 0;
    std::int64_t length = 0;
};

/// x yᵀ / sqrt(width of a head), x and y parts of a packed matrix.
struct Relation
{
    Part first;
    Part second;
    std::int64_t heads;
};

std::int64_t widthOf(const at::Tensor &queryKeyValue)
{
    return queryKeyValue.size(1) / 3;
}

/// A view of one part, [sequences, heads, length, headWidth].
at::Tensor headsOf(const at::Tensor &queryKeyValue, const Tile &tile, Part part, std::int64_t heads)
{
    const std::int64_t width = widthOf(queryKeyValue);
    return queryKeyValue.narrow(0, tile.firstToken, tile.sequences * tile.length)
        .narrow(1, static_cast<std::int64_t>(part) * width, width)
        .unflatten(1, {heads, width / heads})
        .unflatten(0, {tile.sequences, tile.length})
        .transpose(1, 2);
}

/// The same one after another, [sequences heads, length, headWidth], contiguous.
at::Tensor stacked(const at::Tensor &heads)
{
    return heads.reshape({heads.size(0) * heads.size(1), heads.size(2), heads.size(3)});
}

double scaleOf(const at::Tensor &queryKeyValue, const Relation &relation)
{
    return 1 / std::sqrt(static_cast<double>(widthOf(queryKeyValue) / relation.heads));
}

struct Related
{
    at::Tensor first;  ///< scaled
    at::Tensor second; ///< as it is
    at::Tensor scores; ///< [sequences heads, length, length]
};

Related related(const at::Tensor &queryKeyValue, const Tile &tile, const Relation &relation)
{
    Related result;
    result.first = stacked(headsOf(queryKeyValue, tile, relation.first, relation.heads))
                       .mul(scaleOf(queryKeyValue, relation));
    result.second = stacked(headsOf(queryKeyValue, tile, relation.second, relation.heads));
    result.scores = at::bmm(result.first, result.second.transpose(1, 2));
    return result;
}

/// The summed loss of a tile and its gradient in the student's scores, written over them.
double compare(at::Tensor &mine, const at::Tensor &its, Comparison comparison)
{
    if (comparison == Comparison::Scores) {
        mine.sub_(its);
        const double sum = mine.mul(mine).sum().item<double>();
        mine.mul_(2);
        return sum;
    }
    at::Tensor logMine = at::_log_softmax(mine, 2, false);
    const at::Tensor logIts = at::_log_softmax(its, 2, false);
    const at::Tensor weights = logIts.exp();
    const double sum = logIts.sub(logMine).mul_(weights).sum().item<double>();
    mine = logMine.exp_().sub_(weights);
    return sum;
}

/// Adds what `gradient` (of the scores) means for the two parts of the packed matrix.
void addGradient(const at::Tensor &packedGradient, const Tile &tile, const Relation &relation,
                 const Related &student, const at::Tensor &gradient)
{
    const double scale = scaleOf(packedGradient, relation);
    const auto add = [&](Part part, const at::Tensor &share) {
        const at::Tensor to = headsOf(packedGradient, tile, part, relation.heads);
        to.add_(share.view(to.sizes()));
    };
    add(relation.first, at::bmm(gradient, student.second).mul_(scale));
    add(relation.second, at::bmm(gradient.transpose(1, 2), student.first));
}

std::vector<Tile> tilesOf(const PackedGroups &groups, std::int64_t heads)
{
    std::vector<Tile> tiles;
    for (const PackedBatch::Group &group : groups) {
        const std::int64_t most =
            std::max<std::int64_t>(1, tileEntries / (heads * group.length * group.length));
        for (std::int64_t i = 0; i < group.sequences; i += most)
            tiles.push_back({group.firstToken + i * group.length,
                             std::min(most, group.sequences - i), group.length});
    }
    return tiles;
}

/// What a summed loss is divided by.
std::int64_t countOf(const std::vector<Tile> &tiles, std::int64_t heads, Comparison comparison)
{
    std::int64_t count = 0;
    for (const Tile &tile : tiles)
        count += tile.sequences * heads * tile.length *
                 (comparison == Comparison::Scores ? tile.length : 1);
    return std::max<std::int64_t>(count, 1);
}

at::Tensor relationLoss(const AttentionPair &pair, const PackedGroups &groups,
                        const std::vector<Relation> &relations, Comparison comparison)
{
    const at::Tensor &student = pair.student.queryKeyValue;
    const at::Tensor teacher = pair.teacher.queryKeyValue.detach();
    const at::Tensor gradient = wantsGradient(student) ? at::zeros_like(student) : at::Tensor();
    double total = 0;
    {
        const c10::AutoGradMode none(false);
        for (const Relation &relation : relations) {
            const std::vector<Tile> tiles = tilesOf(groups, relation.heads);
            const double share =
                1 / static_cast<double>(countOf(tiles, relation.heads, comparison));
            for (const Tile &tile : tiles) {
                Related mine = related(student, tile, relation);
                const Related its = related(teacher, tile, relation);
                total += share * compare(mine.scores, its.scores, comparison);
                if (gradient.defined())
                    addGradient(gradient, tile, relation, mine, mine.scores.mul_(share));
            }
        }
    }
    return withGradient(student, total, gradient);
}

void checkPacked(const PackedAttention &attention, const PackedGroups &groups)
{
    std::int64_t tokens = 0;
    for (const PackedBatch::Group &group : groups)
        tokens += group.sequences * group.length;
    const at::Tensor &packed = attention.queryKeyValue;
    if (attention.heads < 1 || packed.dim() != 2 || packed.size(0) != tokens ||
        packed.size(1) == 0 || packed.size(1) % (3 * attention.heads) != 0)
        throw Error(ErrorKind::InvalidSetting, messages::distillPacked, tokens, attention.heads,
                    shapeText(packed));
}

void checkEqualHeads(const AttentionPair &pair, const PackedGroups &groups)
{
    checkPacked(pair.student, groups);
    checkPacked(pair.teacher, groups);
    if (pair.student.heads != pair.teacher.heads)
        throw Error(ErrorKind::InvalidSetting, messages::distillHeads, pair.teacher.heads,
                    pair.student.heads);
}

Relation ofKind(RelationKind kind, std::int64_t heads)
{
    switch (kind) {
    case RelationKind::QueryQuery:
        return {Part::Query, Part::Query, heads};
    case RelationKind::KeyKey:
        return {Part::Key, Part::Key, heads};
    case RelationKind::ValueValue:
        break;
    }
    return {Part::Value, Part::Value, heads};
}

} // namespace

at::Tensor attentionScores(const PackedAttention &attention, const PackedBatch::Group &group)
{
    const Relation relation{Part::Query, Part::Key, attention.heads};
    const Tile tile{group.firstToken, group.sequences, group.length};
    return related(attention.queryKeyValue, tile, relation)
        .scores.view({group.sequences, attention.heads, group.length, group.length});
}

at::Tensor scoreMse(const AttentionPair &pair, const PackedGroups &groups)
{
    checkEqualHeads(pair, groups);
    return relationLoss(pair, groups, {{Part::Query, Part::Key, pair.student.heads}},
                        Comparison::Scores);
}

at::Tensor attentionKl(const AttentionPair &pair, const PackedGroups &groups)
{
    checkEqualHeads(pair, groups);
    return relationLoss(pair, groups, {{Part::Query, Part::Key, pair.student.heads}},
                        Comparison::Distributions);
}

at::Tensor valueRelationKl(const AttentionPair &pair, const PackedGroups &groups)
{
    checkEqualHeads(pair, groups);
    return relationLoss(pair, groups, {{Part::Value, Part::Value, pair.student.heads}},
                        Comparison::Distributions);
}

at::Tensor relationKl(const AttentionPair &pair, const PackedGroups &groups,
                      const RelationOptions &options)
{
    checkPacked(pair.student, groups);
    checkPacked(pair.teacher, groups);
    const std::int64_t student = widthOf(pair.student.queryKeyValue);
    const std::int64_t teacher = widthOf(pair.teacher.queryKeyValue);
    if (options.heads < 1 || student % options.heads != 0 || teacher % options.heads != 0)
        throw Error(ErrorKind::InvalidSetting, messages::distillRelationHeads, teacher, student,
                    options.heads);
    std::vector<Relation> relations;
    for (const RelationKind kind : options.kinds)
        relations.push_back(ofKind(kind, options.heads));
    return relationLoss(pair, groups, relations, Comparison::Distributions);
}

} // namespace pare
