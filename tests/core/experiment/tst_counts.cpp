// The parameter counts of the papers, to the last one, from a configuration and steps alone. Names of
// the rows say what is counted: the papers do not agree on it.
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/planneddescription.h"
#include "core/model/parameterparts.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

constexpr auto shareAll = "share.layers mode=all";

enum class Counted {
    All,    ///< what the model has
    Body,   ///< without its pooler
    Blocks, ///< of the stacks alone
};

Json bert(int blocks, int width, int vocabulary)
{
    return {
        {"model_type", "bert"},           {"hidden_size", width},
        {"num_hidden_layers", blocks},    {"num_attention_heads", width % 64 == 0 ? width / 64 : 1},
        {"intermediate_size", 4 * width}, {"vocab_size", vocabulary}};
}

Json albert(int blocks, int width, int embeddingWidth = 128)
{
    Json config = bert(blocks, width, 30000);
    config["model_type"] = "albert";
    config["embedding_size"] = embeddingWidth;
    return config;
}

Json with(Json config, const char *key, const Json &value)
{
    config[key] = value;
    return config;
}

/// ALBERT before anything is shared.
Json unshared(int embeddingWidth)
{
    return with(albert(12, 768, embeddingWidth), "num_hidden_groups", 12);
}

Json tinyBert4()
{
    return with(with(bert(4, 312, 30522), "num_attention_heads", 12), "intermediate_size", 1200);
}

Json distilBert()
{
    return {{"model_type", "distilbert"}, {"dim", 768},         {"n_layers", 6}, {"n_heads", 12},
            {"hidden_dim", 3072},         {"vocab_size", 30522}};
}

/// Vaswani et al.'s base model with one table for both sides.
Json transformer()
{
    Json config{{"model_type", "marian"}, {"d_model", 512}, {"vocab_size", 32768}};
    for (const std::string stack : {"encoder", "decoder"}) {
        config[stack + "_layers"] = 6;
        config[stack + "_attention_heads"] = 8;
        config[stack + "_ffn_dim"] = 2048;
    }
    return config;
}

std::int64_t count(Counted counted, const ParameterParts &parts)
{
    switch (counted) {
    case Counted::All:
        return parts.total();
    case Counted::Body:
        return parts.body();
    case Counted::Blocks:
        break;
    }
    return parts.blocks;
}

} // namespace

class TestCounts : public QObject
{
    Q_OBJECT

private:
    PlannedDescription planned(const Json &config, const QStringList &steps)
    {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "config.json";
        writeFile(file, config.dump());
        Recipe recipe;
        for (const QString &step : steps)
            recipe.steps.push_back(parsedStep(step.toStdString()));
        return plannedDescription(openCheckpoint(file, CheckpointWeights::Ignored), recipe);
    }

private Q_SLOTS:
    void papers_data()
    {
        QTest::addColumn<Json>("config");
        QTest::addColumn<QStringList>("steps");
        QTest::addColumn<Counted>("counted");
        QTest::addColumn<qint64>("parameters");
        const auto row = [](const char *name, const Json &config, const QStringList &steps,
                            Counted counted, qint64 parameters) {
            QTest::newRow(name) << config << steps << counted << parameters;
        };
        using enum Counted;

        row("BERT-base uncased, with pooler", bert(12, 768, 30522), {}, All, 109'482'240);
        row("BERT-base cased, with pooler", bert(12, 768, 28996), {}, All, 108'310'272);
        row("BERT-base of ALBERT's vocabulary, with pooler", bert(12, 768, 30000), {}, All,
            109'081'344);
        row("BERT-large of ALBERT's vocabulary, without pooler", bert(24, 1024, 30000), {}, Body,
            333'557'760);
        row("a block of 768 and 3072", bert(1, 768, 30522), {}, Blocks, 7'087'872);
        row("DistilBERT, without pooler and token types", distilBert(), {}, All, 66'362'880);
        row("TinyBERT4, with pooler", tinyBert4(), {}, All, 14'350'248);

        row("ALBERT-base, with pooler, positions E wide", albert(12, 768), {}, All, 11'683'584);
        row("ALBERT-large, with pooler, positions E wide", albert(24, 1024), {}, All, 17'683'968);
        row("ALBERT-xlarge, with pooler, positions E wide", albert(24, 2048), {}, All, 58'724'864);
        row("ALBERT-xlarge, with pooler, positions H wide",
            with(albert(24, 2048), "position_embedding_size", 2048), {}, All, 59'715'584);
        row("ALBERT-xxlarge, with pooler, positions H wide",
            with(albert(12, 4096), "position_embedding_size", 4096), {}, All, 224'643'072);
        row("ALBERT-base, with pooler, positions H wide",
            with(albert(12, 768), "position_embedding_size", 768), {}, All, 12'013'824);

        row("E = 64, all shared, with pooler, positions E wide", unshared(64), {shareAll}, All,
            9'681'408);
        row("E = 128, all shared, with pooler, positions E wide", unshared(128), {shareAll}, All,
            11'683'584);
        row("E = 256, all shared, with pooler, positions E wide", unshared(256), {shareAll}, All,
            15'687'936);
        row("E = H = 768, all shared, with pooler, no projection", bert(12, 768, 30000), {shareAll},
            All, 31'114'752);
        row("E = 64, not shared, without pooler, positions E wide", unshared(64), {}, Body,
            87'057'408);
        row("E = 128, not shared, without pooler, positions E wide", unshared(128), {}, Body,
            89'059'584);
        row("E = 256, not shared, without pooler, positions E wide", unshared(256), {}, Body,
            93'063'936);
        row("E = H = 768, not shared, without pooler, no projection", bert(12, 768, 30000), {},
            Body, 108'490'752);
        row("E = 128, attention shared, with pooler, positions E wide", unshared(128),
            {"share.layers mode=attention"}, All, 63'647'232);
        row("E = 128, FFN shared, with pooler, positions E wide", unshared(128),
            {"share.layers mode=ffn"}, All, 37'686'528);
        row("E = H = 768, attention shared, with pooler, no projection", bert(12, 768, 30000),
            {"share.layers mode=attention"}, All, 83'078'400);
        row("E = H = 768, FFN shared, with pooler, no projection", bert(12, 768, 30000),
            {"share.layers mode=ffn"}, All, 57'117'696);

        // A factorized table has no bias: H less than ALBERT's projection of positions H wide.
        row("BERT factorized and shared, with pooler, positions H wide, no projection bias",
            bert(12, 768, 30000), {shareAll, "factorize.embedding rank=128"}, All,
            12'013'824 - 768);
        row("BERT as xlarge, with pooler, positions H wide, no projection bias",
            bert(24, 2048, 30000), {shareAll, "factorize.embedding rank=128"}, All,
            59'715'584 - 2048);

        // 6 + 6 blocks of 512: computed positions, no pooler, a tied decoder, every norm its own.
        row("Subformer's ablation, nothing shared", transformer(), {}, All, 60'915'712);
        row("Subformer's ablation, all shared but norms", transformer(),
            {"share.layers mode=every-n every=6"}, All, 24'159'232);
        row("Subformer's ablation, all but the last", transformer(),
            {"share.layers mode=every-n every=5"}, All, 31'510'528);
        row("Subformer's ablation, every two", transformer(), {"share.layers mode=every-n every=2"},
            All, 38'861'824);
        row("Subformer's ablation, sandwich", transformer(), {"share.layers mode=sandwich"}, All,
            38'861'824);
    }
    void papers()
    {
        QFETCH(Json, config);
        QFETCH(QStringList, steps);
        QFETCH(Counted, counted);
        QFETCH(qint64, parameters);
        const ModelDescription model = planned(config, steps).model;
        const ParameterParts parts = parametersByPart(model);
        QCOMPARE(count(counted, parts), parameters);
        QCOMPARE(parts.total(), model.parameters);
        QVERIFY(!model.weightsKnown);
        // Float32 and the file's header.
        QVERIFY(model.bytes > 4 * model.parameters);
        QVERIFY(model.bytes < 4 * model.parameters + 200'000);
    }

    void tables_data()
    {
        QTest::addColumn<int>("vocabulary");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("rank");
        QTest::addColumn<qint64>("before");
        QTest::addColumn<qint64>("after");
        QTest::newRow("the review's example") << 100 << 10 << 5 << qint64{1000} << qint64{550};
        QTest::newRow("ALBERT-base")
            << 30000 << 768 << 128 << qint64{23'040'000} << qint64{3'938'304};
        QTest::newRow("BERT's vocabulary")
            << 30522 << 768 << 128 << qint64{23'440'896} << qint64{4'005'120};
        QTest::newRow("Subformer, 320 wide")
            << 32768 << 512 << 320 << qint64{16'777'216} << qint64{10'649'600};
        QTest::newRow("Subformer, 256 wide")
            << 32768 << 512 << 256 << qint64{16'777'216} << qint64{8'519'680};
    }
    void tables()
    {
        QFETCH(int, vocabulary);
        QFETCH(int, width);
        QFETCH(int, rank);
        const Json config = bert(1, width, vocabulary);
        const auto tableOf = [](const PlannedDescription &described) {
            return qint64{described.model.find("embedding.token")->parameters};
        };
        QTEST(tableOf(planned(config, {})), "before");
        const QString step = QString("factorize.embedding rank=%1").arg(rank);
        QTEST(tableOf(planned(config, {step})), "after");
    }

    void ranksThatSaveNothingAreRefused()
    {
        const Json config = bert(1, 10, 100); // break-even at 9.09
        QCOMPARE(planned(config, {"factorize.embedding rank=9"})
                     .model.find("embedding.token")
                     ->parameters,
                 std::int64_t{990});
        QVERIFY_EXCEPTION_THROWN(planned(config, {"factorize.embedding rank=10"}), Error);
    }

    /// Structure acts on the first stack; the decoder keeps its blocks.
    void droppedEncoderBlocks()
    {
        Json three = transformer();
        three["encoder_layers"] = 3;
        const PlannedDescription dropped = planned(transformer(), {"prune.layers count=3"});
        const PlannedDescription expected = planned(three, {});
        QCOMPARE(dropped.model.parameters, expected.model.parameters);
        QCOMPARE(dropped.model.bytes, expected.model.bytes);
    }

    /// Half of the 16 blocks of LayerDrop's language model, whose adaptive inputs are not described.
    void droppedBlocks()
    {
        const auto blocks = [&](int count) {
            return parametersByPart(planned(bert(count, 1024, 30522), {}).model).blocks;
        };
        QCOMPARE(blocks(16) - blocks(8), std::int64_t{246'933'504 - 146'163'712});
        QCOMPARE(blocks(1), std::int64_t{12'596'224});
        const PlannedDescription dropped =
            planned(bert(16, 1024, 30522), {"prune.layers count=8 mode=every-other"});
        QCOMPARE(parametersByPart(dropped.model).blocks, blocks(8));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCounts)
#include "tst_counts.moc"
