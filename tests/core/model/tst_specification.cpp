#include "core/base/error.h"
#include "core/model/architecture.h"
#include "core/model/specification.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

Json bertBase()
{
    return {{"model_type", "bert"},      {"hidden_size", 768},        {"num_hidden_layers", 12},
            {"num_attention_heads", 12}, {"intermediate_size", 3072}, {"vocab_size", 30522}};
}

ReadSpecification read(const Json &json)
{
    return specificationFromJson(json.dump(), "config.json");
}

} // namespace

class TestSpecification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsBertBase()
    {
        const NetworkSpecification network = read(bertBase()).specification;
        const ModelDescription model = describe(network);
        QCOMPARE(model.parameters,
                 std::int64_t{109'482'240}); // the published encoder with its pooler
        QCOMPARE(model.blocks, 12);
        std::int64_t block = 0;
        for (const Layer &layer : model.layers)
            block += layer.block == 3 ? layer.parameters : 0;
        QCOMPARE(block, std::int64_t{7'087'872});
        QCOMPARE(model.find("encoder.11.ffn.up")->shape, (std::vector<std::int64_t>{3072, 768}));
        QCOMPARE(model.find("encoder.0.attention.output")->tensors[0].name,
                 std::string("bert.encoder.layer.0.attention.output.dense.weight"));
        QVERIFY(!model.find("encoder.12.ffn.up"));
    }

    void tiedDecoderCountsOnce()
    {
        Json config = bertBase();
        config["architectures"] = {"BertForMaskedLM"};
        const ModelDescription tied = describe(read(config).specification);
        config["tie_word_embeddings"] = false;
        const ModelDescription untied = describe(read(config).specification);
        QCOMPARE(tied.find("mlm.decoder")->sharedWith, std::string("embedding.token"));
        QCOMPARE(untied.parameters - tied.parameters, std::int64_t{30522} * 768);
        QCOMPARE(tied.find("mlm.decoder")->tensors[1].name, std::string("cls.predictions.bias"));
        QVERIFY(!tied.find("pooler"));
    }

    void readsWhatChangesTheComputation()
    {
        Json config = bertBase();
        config["hidden_act"] = "gelu_new";
        config["layer_norm_eps"] = 1e-5;
        config["type_vocab_size"] = 3;
        config["max_position_embeddings"] = 77;
        config["id2label"] = {{"1", "noun.food"}, {"0", "noun.animal"}};
        config["architectures"] = {"BertForSequenceClassification"};
        config["hidden_dropout_prob"] = 0.2;
        config["bits_of_nobody"] = 3;
        const ReadSpecification result = read(config);
        const NetworkSpecification &network = result.specification;
        QCOMPARE(network.block().activation, Activation::GeluTanh);
        QCOMPARE(network.block().normEpsilon, 1e-5);
        QCOMPARE(network.embedding.tokenTypes, 3);
        QCOMPARE(network.embedding.positions, 77);
        QCOMPARE(network.labels, (std::vector<std::string>{"noun.animal", "noun.food"}));
        QVERIFY(network.labelsNamed);
        QCOMPARE(network.dropout.classifier, 0.2);
        QCOMPARE(result.warnings.size(), std::size_t{1});
        QVERIFY(result.warnings[0].text().find("bits_of_nobody") != std::string::npos);
        const NetworkSpecification again =
            specificationFromJson(configJson(network).dump(), "config.json").specification;
        QCOMPARE(again.stacks, network.stacks);
        QCOMPARE(again.embedding, network.embedding);
        QCOMPARE(again.labels, network.labels);
        QCOMPARE(again.head, network.head);
        QCOMPARE(again.dropout, network.dropout);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QString>("says");
        QTest::newRow("other architecture")
            << QByteArray(R"({"model_type": "gpt2"})") << "\"gpt2\" is not one";
        QTest::newRow("no type") << QByteArray(R"({"model_type": null})") << "model_type";
        QTest::newRow("type is a number") << QByteArray(R"({"model_type": 3})") << "found 3";
        QTest::newRow("activation") << QByteArray(R"({"hidden_act": "mish"})") << "\"mish\"";
        QTest::newRow("relative positions")
            << QByteArray(R"({"position_embedding_type": "relative_key"})") << "relative_key";
        QTest::newRow("decoder") << QByteArray(R"({"is_decoder": true})") << "is_decoder";
        QTest::newRow("cross attention")
            << QByteArray(R"({"add_cross_attention": true})") << "add_cross_attention";
        QTest::newRow("pruned heads")
            << QByteArray(R"({"pruned_heads": {"0": [1]}})") << "pruned_heads";
        QTest::newRow("regression")
            << QByteArray(R"({"problem_type": "regression"})") << "regression";
        QTest::newRow("foreign quantization")
            << QByteArray(R"({"quantization_config": {"bits": 4}})") << "quantization_config";
        QTest::newRow("heads") << QByteArray(R"({"num_attention_heads": 7})") << "not a multiple";
        QTest::newRow("zero width") << QByteArray(R"({"hidden_size": 0})") << "found 0";
        QTest::newRow("negative") << QByteArray(R"({"num_hidden_layers": -2})") << "found -2";
        QTest::newRow("huge") << QByteArray(R"({"vocab_size": 99999999999999999999})")
                              << "vocab_size";
        QTest::newRow("fraction") << QByteArray(R"({"hidden_size": 1.5})") << "found 1.5";
        QTest::newRow("text") << QByteArray(R"({"hidden_size": "768"})") << "hidden_size";
        QTest::newRow("missing") << QByteArray(R"({"vocab_size": null})") << "found nothing";
        QTest::newRow("epsilon") << QByteArray(R"({"layer_norm_eps": -1})") << "layer_norm_eps";
        QTest::newRow("labels with a hole")
            << QByteArray(R"({"id2label": {"0": "a", "2": "b"}})") << "id2label";
        QTest::newRow("labels twice")
            << QByteArray(R"({"id2label": {"0": "a", "1": "a"}})") << "stands twice";
        QTest::newRow("labels a list") << QByteArray(R"({"id2label": ["a"]})") << "id2label";
        QTest::newRow("architectures")
            << QByteArray(R"({"architectures": "BertModel"})") << "architectures";
        QTest::newRow("pad token") << QByteArray(R"({"pad_token_id": 30522})") << "pad_token_id";
        QTest::newRow("flag") << QByteArray(R"({"tie_word_embeddings": 1})")
                              << "tie_word_embeddings";
    }
    void refuses()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QString, says);
        Json config = bertBase();
        config.merge_patch(Json::parse(patch.toStdString()));
        try {
            read(config);
            QFAIL("accepted");
        } catch (const Error &error) {
            QVERIFY(QString::fromUtf8(error.what()).startsWith("config.json"));
            QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
        }
    }

    void brokenJsonIsOneError()
    {
        for (const std::string text : {"", "{", "[]", "null", "\xff", "{\"a\":}"})
            QVERIFY_EXCEPTION_THROWN(specificationFromJson(text, "config.json"), Error);
        QVERIFY_EXCEPTION_THROWN(specificationFromJson(std::string(200'000, '['), "config.json"),
                                 Error);
    }
};

QTEST_GUILESS_MAIN(TestSpecification)
#include "tst_specification.moc"
