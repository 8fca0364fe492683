// Architectures that are described from config.json and not run: their layers, whose tensors they
// are, and which configurations are refused.
#include "core/base/error.h"
#include "core/model/architecture.h"
#include "core/model/parameterparts.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

Json albert()
{
    return {{"model_type", "albert"},   {"hidden_size", 96},        {"num_hidden_layers", 12},
            {"num_attention_heads", 4}, {"intermediate_size", 384}, {"vocab_size", 500},
            {"embedding_size", 32}};
}

Json distilBert()
{
    return {{"model_type", "distilbert"}, {"dim", 96},        {"n_layers", 3}, {"n_heads", 4},
            {"hidden_dim", 384},          {"vocab_size", 500}};
}

Json marian()
{
    return {{"model_type", "marian"},
            {"d_model", 96},
            {"vocab_size", 500},
            {"encoder_layers", 3},
            {"encoder_attention_heads", 4},
            {"encoder_ffn_dim", 384},
            {"decoder_layers", 2},
            {"decoder_attention_heads", 8},
            {"decoder_ffn_dim", 200}};
}

Json configOf(const QString &architecture)
{
    return architecture == "albert" ? albert() : architecture == "marian" ? marian() : distilBert();
}

ReadSpecification read(const Json &config)
{
    return specificationFromJson(config.dump(), "config.json");
}

ModelDescription described(Json config, const Json &patch = Json::object())
{
    config.merge_patch(patch);
    return describe(read(config).specification);
}

QString tensorOf(const ModelDescription &model, const char *layer, int number = 0)
{
    return QString::fromStdString(model.find(layer)->tensors.at(number).name);
}

} // namespace

class TestArchitectures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void albertsBlocksShare_data()
    {
        QTest::addColumn<int>("groups");
        for (const int groups : {1, 2, 5, 12})
            QTest::addRow("%d", groups) << groups;
    }
    void albertsBlocksShare()
    {
        QFETCH(int, groups);
        const ModelDescription model = described(albert(), {{"num_hidden_groups", groups}});
        std::vector<int> first(groups, -1); // block of each group
        for (int block = 0; block < 12; ++block) {
            const int group = static_cast<int>(block / 12.0 * groups);
            const bool owns = first[group] < 0;
            if (owns)
                first[group] = block;
            for (const std::string part : {"attention.key", "attention.norm", "ffn.down"}) {
                const Layer *layer = model.find(fmt::format("encoder.{}.{}", block, part));
                QCOMPARE(layer->sharedWith,
                         owns ? "" : fmt::format("encoder.{}.{}", first[group], part));
                QCOMPARE(layer->parameters > 0, owns);
                QVERIFY(layer->tensors[0].name.starts_with(
                    fmt::format("albert.encoder.albert_layer_groups.{}.albert_layers.0.", group)));
            }
        }
    }

    void albertsEmbeddingIsProjected()
    {
        const ModelDescription model =
            described(albert(), {{"architectures", {"AlbertForMaskedLM"}}});
        using Shape = std::vector<std::int64_t>;
        QCOMPARE(model.find("embedding.token")->shape, (Shape{500, 32}));
        QCOMPARE(model.find("embedding.position")->shape, (Shape{512, 32}));
        QCOMPARE(model.find("embedding.norm")->shape, (Shape{32}));
        QCOMPARE(model.find("embedding.projection")->shape, (Shape{96, 32}));
        QCOMPARE(tensorOf(model, "embedding.projection"),
                 "albert.encoder.embedding_hidden_mapping_in.weight");
        QCOMPARE(model.find("mlm.transform")->shape, (Shape{32, 96}));
        QCOMPARE(model.find("mlm.decoder")->sharedWith, std::string("embedding.token"));
        QCOMPARE(parametersByPart(model).head,
                 std::int64_t{32 * 96 + 32 + 2 * 32 + 500}); // dense, norm, bias
        QCOMPARE(parametersByPart(model).pooler, std::int64_t{0});
        QCOMPARE(positionWidth(model), std::optional<std::int64_t>(32));
        const ModelDescription wide = described(albert(), {{"position_embedding_size", 96}});
        QCOMPARE(wide.find("embedding.type")->shape, (Shape{2, 96}));
        QCOMPARE(wide.find("embedding.norm")->shape, (Shape{96}));
        QCOMPARE(wide.find("embedding.token")->shape, (Shape{500, 32}));
    }

    void albertAsksForTheOrder()
    {
        NetworkSpecification network = read(albert()).specification;
        const std::int64_t bare = describe(network).parameters;
        network.head = HeadKind::SentencePair;
        const ModelDescription pair = describe(network);
        QCOMPARE(tensorOf(pair, "pair"), "sop_classifier.classifier.weight");
        QCOMPARE(tensorOf(pair, "pair", 1), "sop_classifier.classifier.bias");
        QCOMPARE(pair.parameters, bare + 2 * 96 + 2);
        network.head = HeadKind::Pretraining;
        const ModelDescription both = describe(network);
        QCOMPARE(both.parameters, pair.parameters + 32 * 96 + 32 + 2 * 32 + 500);
        QVERIFY(both.find("pooler") && both.find("mlm.decoder"));
        QCOMPARE(described(albert(), {{"architectures", {"AlbertForPreTraining"}}}).find("pair"),
                 nullptr); // opened with its masked-LM head
    }

    void marianHasTwoStacks()
    {
        const Json head{{"architectures", {"MarianMTModel"}}};
        const ModelDescription model = described(marian(), head);
        QVERIFY(!model.find("encoder.0.cross.query"));
        QVERIFY(!model.find("decoder.2.cross.query"));
        QVERIFY(!positionWidth(model));
        QCOMPARE(model.find("encoder.2.ffn.up")->shape, (std::vector<std::int64_t>{384, 96}));
        QCOMPARE(model.find("decoder.1.ffn.up")->shape, (std::vector<std::int64_t>{200, 96}));
        QCOMPARE(model.find("decoder.0.cross.key")->stack, std::string("decoder"));
        QCOMPARE(tensorOf(model, "decoder.1.cross.output", 1),
                 "model.decoder.layers.1.encoder_attn.out_proj.bias");
        QCOMPARE(tensorOf(model, "encoder.1.attention.norm"),
                 "model.encoder.layers.1.self_attn_layer_norm.weight");
        QCOMPARE(model.find("lm.decoder")->parameters, std::int64_t{0});
        const ModelDescription untied = described(
            marian(), {{"architectures", {"MarianMTModel"}}, {"tie_word_embeddings", false}});
        QCOMPARE(untied.parameters - model.parameters, std::int64_t{500 * 96});
        QVERIFY(!described(marian()).find("lm.decoder"));
        // In the order of data: the decoder sees itself, then the encoder.
        std::vector<std::string> last;
        for (const Layer &layer : model.layers) {
            if (layer.stack == "decoder" && layer.block == 1 && layer.role == LayerRole::Norm)
                last.push_back(layer.name);
        }
        QCOMPARE(last, (std::vector<std::string>{"decoder.1.attention.norm", "decoder.1.cross.norm",
                                                 "decoder.1.ffn.norm"}));
    }

    void distilBertPoolsForItsClassifierOnly()
    {
        const ModelDescription bare = described(distilBert());
        QVERIFY(!bare.find("pooler"));
        QVERIFY(!bare.find("embedding.type"));
        QCOMPARE(tensorOf(bare, "encoder.2.ffn.down", 1),
                 "distilbert.transformer.layer.2.ffn.lin2.bias");
        const ModelDescription classifier =
            described(distilBert(), {{"architectures", {"DistilBertForSequenceClassification"}}});
        QCOMPARE(tensorOf(classifier, "pooler"), "pre_classifier.weight");
        QCOMPARE(parametersByPart(classifier).pooler, std::int64_t{96 * 96 + 96});
        QCOMPARE(parametersByPart(classifier).head, std::int64_t{2 * 96 + 2});
        QCOMPARE(parametersByPart(classifier).body(), bare.parameters);
    }

    void onlyBertIsRun()
    {
        for (const Json &config : {albert(), distilBert(), marian()}) {
            const auto refusal = whyNotRun(read(config).specification);
            QVERIFY(refusal);
            QVERIFY(QString::fromStdString(refusal->text()).startsWith("config.json: "));
        }
        Json config = albert();
        config["model_type"] = "bert";
        QVERIFY(!whyNotRun(read(config).specification));
    }

    void unknownKeysAreTold()
    {
        for (Json config : {albert(), distilBert(), marian()}) {
            QVERIFY(read(config).warnings.empty());
            config["bits_of_nobody"] = 3;
            QCOMPARE(read(config).warnings.size(), std::size_t{1});
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *architecture, const QByteArray &patch, const char *says) {
            QTest::addRow("%s %s", architecture, patch.constData())
                << QString(architecture) << patch << QString(says);
        };
        row("albert", R"({"num_attention_heads": 5})",
            "hidden_size 96 is not a multiple of num_attention_heads 5");
        row("albert", R"({"num_hidden_groups": 13})", "from 1 to 12, found 13");
        row("albert", R"({"num_hidden_groups": 0})", "num_hidden_groups");
        row("albert", R"({"inner_group_num": 2})", "inner_group_num is 2");
        row("albert", R"({"net_structure_type": 1})", "net_structure_type");
        row("albert", R"({"embedding_size": 0})", "found 0");
        row("albert", R"({"embedding_size": null, "vocab_size": null})", "vocab_size");
        row("albert", R"({"position_embedding_size": 64})", "embedding_size, 32, or");
        row("albert", R"({"position_embedding_type": "relative_key"})", "relative_key");
        row("albert", R"({"hidden_act": "mish"})", "hidden_act");
        row("albert", R"({"hidden_dropout_prob": 1})", "hidden_dropout_prob");
        row("albert", R"({"num_hidden_layers": 1000000000})", "num_hidden_layers");
        row("albert", R"({"quantization_config": {"bits": 4}})", "quantization_config");
        row("distilbert", R"({"n_heads": 7})", "dim 96 is not a multiple of n_heads 7");
        row("distilbert", R"({"dim": "96"})", "dim");
        row("distilbert", R"({"n_layers": 1.5})", "found 1.5");
        row("distilbert", R"({"activation": "mish"})", "activation");
        row("distilbert", R"({"sinusoidal_pos_embds": true})", "sinusoidal_pos_embds");
        row("distilbert", R"({"tie_weights_": false})", "tie_weights_");
        row("distilbert", R"({"architectures": "DistilBertModel"})", "architectures");
        row("marian", R"({"decoder_attention_heads": 7})",
            "d_model 96 is not a multiple of decoder_attention_heads 7");
        row("marian", R"({"encoder_layers": null})", "encoder_layers");
        row("marian", R"({"decoder_layers": 0})", "decoder_layers");
        row("marian", R"({"decoder_ffn_dim": -1})", "decoder_ffn_dim");
        row("marian", R"({"decoder_vocab_size": 600})", "decoder_vocab_size is 600");
        row("marian", R"({"share_encoder_decoder_embeddings": false})", "share_encoder_decoder");
        row("marian", R"({"is_encoder_decoder": false})", "is_encoder_decoder");
        row("marian", R"({"normalize_before": true})", "normalize_before");
        row("marian", R"({"normalize_embedding": true})", "normalize_embedding");
        row("marian", R"({"add_final_layer_norm": true})", "add_final_layer_norm");
        row("marian", R"({"static_position_embeddings": false})", "static_position_embeddings");
        row("marian", R"({"encoder_layerdrop": 2})", "encoder_layerdrop");
        row("marian", R"({"scale_embedding": 1})", "scale_embedding");
        row("marian", R"({"tie_word_embeddings": "yes"})", "tie_word_embeddings");
    }
    void refuses()
    {
        QFETCH(QString, architecture);
        QFETCH(QByteArray, patch);
        QFETCH(QString, says);
        try {
            described(configOf(architecture), Json::parse(patch.toStdString()));
            QFAIL("accepted");
        } catch (const Error &error) {
            QVERIFY(QString::fromUtf8(error.what()).startsWith("config.json"));
            QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestArchitectures)
#include "tst_architectures.moc"
