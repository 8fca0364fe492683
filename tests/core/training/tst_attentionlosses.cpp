// What is special about losses on attention: widths and heads that differ, groups larger than what
// is computed at a time, memory, refusals. Their values and gradients: tst_distilllosses.
#include "tests/core/training/distillreference.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <QtTest>

using namespace pare;
using namespace pare::test;

namespace {

const PackedGroups groups{{0, 2, 3}, {6, 1, 5}, {11, 4, 1}};
constexpr std::int64_t tokens = 15;

at::Tensor drawn(std::int64_t rows, std::int64_t columns)
{
    return at::randn({rows, columns}, at::kDouble);
}

/// Heads of another width with the same relations: x xᵀ / sqrt(d) does not change where the columns
/// are followed by zeros and multiplied by the fourth root of the ratio of the widths.
at::Tensor widened(const at::Tensor &packed, std::int64_t heads, std::int64_t factor)
{
    const std::int64_t width = packed.size(1) / (3 * heads);
    const at::Tensor narrow = packed.reshape({packed.size(0), 3 * heads, width});
    at::Tensor wide = at::zeros({packed.size(0), 3 * heads, factor * width}, at::kDouble);
    wide.narrow(2, 0, width).copy_(narrow * std::pow(static_cast<double>(factor), 0.25));
    return wide.reshape({packed.size(0), -1});
}

AttentionPair pairOf(const at::Tensor &student, std::int64_t studentHeads,
                     const at::Tensor &teacher, std::int64_t teacherHeads)
{
    return {{student, studentHeads}, {teacher, teacherHeads}};
}

} // namespace

class AttentionLossesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { at::manual_seed(7); }

    void scoresAgainstLoops();
    void scoresAreDifferentiable();
    void equalRelationsOfOtherWidths();
    void relationsSplitHeadsAnew_data();
    void relationsSplitHeadsAnew();
    void kindsAddUp();
    void valuesDoNotMoveAttention();
    void moreThanOneTile();
    void slicesAreTaken();
    void oneTokenTeachesNothing();
    void refusals();
};

void AttentionLossesTest::scoresAgainstLoops()
{
    const at::Tensor packed = drawn(tokens, 3 * 2 * 4);
    std::vector<Row> found;
    for (const PackedBatch::Group &group : groups) {
        const at::Tensor scores = attentionScores({packed, 2}, group);
        QCOMPARE(scores.sizes().vec(),
                 (std::vector<std::int64_t>{group.sequences, 2, group.length, group.length}));
        for (const Row &row : rowsOf(scores.reshape({-1, group.length})))
            found.push_back(row);
    }
    const Rows expected = slowScores(rowsOf(packed), 0, 1, 2, groups);
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(found[i].size(), expected[i].size());
        for (std::size_t k = 0; k < found[i].size(); ++k)
            QVERIFY(std::abs(found[i][k] - expected[i][k]) < 1e-12);
    }
}

/// The scores are functions of autograd themselves: the loss made of them has the same gradient.
void AttentionLossesTest::scoresAreDifferentiable()
{
    const at::Tensor student = leaf(drawn(tokens, 3 * 2 * 4));
    const at::Tensor same = leaf(student);
    const at::Tensor teacher = drawn(tokens, 3 * 2 * 5);
    at::Tensor sum = at::zeros({}, at::kDouble);
    std::int64_t count = 0;
    for (const PackedBatch::Group &group : groups) {
        const at::Tensor gap =
            attentionScores({same, 2}, group) - attentionScores({teacher, 2}, group);
        sum = sum + (gap * gap).sum();
        count += gap.numel();
    }
    const at::Tensor plain = sum / count;
    plain.backward();
    const at::Tensor value = scoreMse(pairOf(student, 2, teacher, 2), groups);
    value.backward();
    QVERIFY(difference(value, plain) < 1e-12);
    QVERIFY(difference(student.grad(), same.grad()) < 1e-14);
}

void AttentionLossesTest::equalRelationsOfOtherWidths()
{
    const at::Tensor student = leaf(drawn(tokens, 3 * 3 * 4));
    const at::Tensor teacher = widened(student.detach(), 3, 5);
    const AttentionPair pair = pairOf(student, 3, teacher, 3);
    const RelationOptions options{.heads = 3};
    for (const at::Tensor &value :
         {scoreMse(pair, groups), attentionKl(pair, groups), valueRelationKl(pair, groups),
          relationKl(pair, groups, options)}) {
        value.backward();
        QVERIFY(std::abs(value.item<double>()) < 1e-14);
        QVERIFY(student.grad().abs().max().item<double>() < 1e-14);
    }
    // The scale is that of each side's own width: without it they would differ.
    const AttentionPair unscaled = pairOf(student, 3, teacher * std::pow(5.0, 0.25), 3);
    QVERIFY(relationKl(unscaled, groups, options).item<double>() > 1e-3);
}

void AttentionLossesTest::relationsSplitHeadsAnew_data()
{
    QTest::addColumn<int>("studentHeads");
    QTest::addColumn<int>("teacherHeads");
    QTest::addColumn<int>("relationHeads");
    QTest::newRow("more than either has") << 2 << 3 << 6;
    QTest::newRow("one") << 2 << 4 << 1;
    QTest::newRow("as many as the teacher") << 4 << 3 << 3;
    QTest::newRow("one entry each") << 3 << 2 << 12;
}

void AttentionLossesTest::relationsSplitHeadsAnew()
{
    QFETCH(int, studentHeads);
    QFETCH(int, teacherHeads);
    QFETCH(int, relationHeads);
    const at::Tensor student = drawn(tokens, 3 * 12);
    const at::Tensor teacher = drawn(tokens, 3 * 24);
    const double value = relationKl(pairOf(student, studentHeads, teacher, teacherHeads), groups,
                                    RelationOptions{.heads = relationHeads})
                             .item<double>();
    double expected = 0;
    for (std::size_t part = 0; part < 3; ++part)
        expected += slowRelationKl(slowScores(rowsOf(student), part, part, relationHeads, groups),
                                   slowScores(rowsOf(teacher), part, part, relationHeads, groups));
    QVERIFY(std::abs(value - expected) < 1e-12);
}

void AttentionLossesTest::kindsAddUp()
{
    const AttentionPair pair = pairOf(drawn(tokens, 3 * 8), 2, drawn(tokens, 3 * 12), 2);
    double sum = 0;
    for (const RelationKind kind :
         {RelationKind::QueryQuery, RelationKind::KeyKey, RelationKind::ValueValue}) {
        const double value = relationKl(pair, groups, {4, {kind}}).item<double>();
        QVERIFY(value > 0);
        sum += value;
    }
    QVERIFY(std::abs(relationKl(pair, groups, {4}).item<double>() - sum) < 1e-12);
    // MiniLM's value relation is the one of values over the attention's own heads.
    QCOMPARE(valueRelationKl(pair, groups).item<double>(),
             relationKl(pair, groups, {2, {RelationKind::ValueValue}}).item<double>());
}

void AttentionLossesTest::valuesDoNotMoveAttention()
{
    const at::Tensor student = leaf(drawn(tokens, 3 * 8));
    const at::Tensor teacher = drawn(tokens, 3 * 8);
    attentionKl(pairOf(student, 2, teacher, 2), groups).backward();
    QVERIFY(student.grad().narrow(1, 0, 8).abs().max().item<double>() > 0);
    QVERIFY(student.grad().narrow(1, 8, 8).abs().max().item<double>() > 0);
    QCOMPARE(student.grad().narrow(1, 16, 8).abs().max().item<double>(), 0.0);
}

/// A group of which the matrices do not fit into one step, against a formula of autograd.
void AttentionLossesTest::moreThanOneTile()
{
    const PackedGroups large{{0, 3, 7}, {21, 7, 200}};
    const std::int64_t rows = 21 + 7 * 200;
    const at::Tensor student = leaf(drawn(rows, 3 * 8));
    const at::Tensor same = leaf(student);
    const at::Tensor teacher = drawn(rows, 3 * 8);
    at::Tensor sum = at::zeros({}, at::kDouble);
    for (const PackedBatch::Group &group : large) {
        const at::Tensor mine = attentionScores({same, 4}, group).log_softmax(3);
        const at::Tensor its = attentionScores({teacher, 4}, group).log_softmax(3);
        sum = sum + (its.exp() * (its - mine)).sum();
    }
    const at::Tensor plain = sum / (4 * rows);
    plain.backward();
    const at::Tensor value = attentionKl(pairOf(student, 4, teacher, 4), large);
    value.backward();
    QVERIFY(difference(value, plain) < 1e-12);
    QVERIFY(difference(student.grad(), same.grad()) < 1e-15);
}

/// A layer's matrix may be a slice of another one.
void AttentionLossesTest::slicesAreTaken()
{
    const at::Tensor whole = leaf(drawn(tokens, 50));
    const at::Tensor student = whole.narrow(1, 5, 24);
    const at::Tensor copy = leaf(student);
    const at::Tensor teacher = drawn(24, tokens).t();
    const at::Tensor value = attentionKl(pairOf(student, 2, teacher, 2), groups);
    const at::Tensor expected = attentionKl(pairOf(copy, 2, teacher.contiguous(), 2), groups);
    value.backward();
    expected.backward();
    QVERIFY(difference(value, expected) < 1e-14);
    QVERIFY(difference(whole.grad().narrow(1, 5, 24), copy.grad()) < 1e-14);
}

/// Attention to oneself alone is 1 whatever the scores are.
void AttentionLossesTest::oneTokenTeachesNothing()
{
    const PackedGroups ones{{0, tokens, 1}};
    const at::Tensor student = leaf(drawn(tokens, 3 * 8));
    const AttentionPair pair = pairOf(student, 2, drawn(tokens, 3 * 8), 2);
    const at::Tensor value = attentionKl(pair, ones);
    value.backward();
    QCOMPARE(value.item<double>(), 0.0);
    QCOMPARE(student.grad().abs().max().item<double>(), 0.0);
    QVERIFY(scoreMse(pair, ones).item<double>() > 0);
}

void AttentionLossesTest::refusals()
{
    const at::Tensor student = drawn(tokens, 3 * 8);
    const at::Tensor teacher = drawn(tokens, 3 * 12);
    const AttentionPair unlike = pairOf(student, 2, teacher, 3);
    for (const auto &loss : {scoreMse, attentionKl, valueRelationKl}) {
        const QString found = refusal([&] { loss(unlike, groups); });
        QVERIFY2(found.contains("as the teacher has, 3, found 2"), qPrintable(found));
    }
    for (const std::int64_t heads : {3, 0, -1, 8}) {
        const QString found = refusal([&] { relationKl(unlike, groups, {heads}); });
        QVERIFY2(found.contains("12 and 8, found " + QString::number(heads)), qPrintable(found));
    }
    const auto packedText = [&](const at::Tensor &packed, std::int64_t heads) {
        return refusal([&] { attentionKl(pairOf(packed, heads, packed, heads), groups); });
    };
    QVERIFY(packedText(student, 3).contains("15 tokens by 3 x 3 heads"));
    QVERIFY(packedText(student.narrow(0, 0, 14), 2).contains("found [14, 24]"));
    QVERIFY(packedText(student.select(1, 0), 1).contains("found [15]"));
    QVERIFY(packedText(student.narrow(1, 0, 0), 1).contains("found [15, 0]"));
    QVERIFY(packedText(student, 0).contains("3 x 0 heads"));
}

QTEST_APPLESS_MAIN(AttentionLossesTest)
#include "tst_attentionlosses.moc"
