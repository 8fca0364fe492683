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

Q_DECLARE_METATYPE(HeadKind)

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

    void countsPairHeads_data()
    {
        QTest::addColumn<HeadKind>("head");
        QTest::addColumn<qint64>("parameters"); // as Hugging Face's classes count bert-base-uncased
        QTest::addColumn<bool>("masked");
        QTest::newRow("pair") << HeadKind::SentencePair << qint64{109'483'778} << false;
        QTest::newRow("both") << HeadKind::Pretraining << qint64{110'106'428} << true;
    }
    void countsPairHeads()
    {
        QFETCH(HeadKind, head);
        QFETCH(qint64, parameters);
        QFETCH(bool, masked);
        NetworkSpecification network = read(bertBase()).specification;
        network.head = head;
        const ModelDescription model = describe(network);
        QCOMPARE(qint64{model.parameters}, parameters);
        const Layer *pair = model.find("pair");
        QVERIFY(pair && model.find("pooler") && !model.find("classifier"));
        QCOMPARE(pair->shape, (std::vector<std::int64_t>{2, 768}));
        QCOMPARE(pair->role, LayerRole::Classifier);
        QCOMPARE(pair->tensors[0].name, std::string("cls.seq_relationship.weight"));
        QCOMPARE(pair->tensors[1].name, std::string("cls.seq_relationship.bias"));
        QCOMPARE(model.find("mlm.transform") != nullptr, masked);
        network.labels.resize(5);
        QCOMPARE(qint64{describe(network).parameters}, parameters); // its answers are always two
    }

    void namesHeads_data()
    {
        QTest::addColumn<HeadKind>("head");
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<HeadKind>("again");
        QTest::newRow("none") << HeadKind::None << "BertModel" << HeadKind::None;
        QTest::newRow("classifier") << HeadKind::Classification << "BertForSequenceClassification"
                                    << HeadKind::Classification;
        QTest::newRow("masked") << HeadKind::MaskedLm << "BertForMaskedLM" << HeadKind::MaskedLm;
        QTest::newRow("pair") << HeadKind::SentencePair << "BertForNextSentencePrediction"
                              << HeadKind::SentencePair;
        QTest::newRow("both") << HeadKind::Pretraining << "BertForPreTraining"
                              << HeadKind::MaskedLm;
    }
    void namesHeads()
    {
        QFETCH(HeadKind, head);
        QFETCH(QString, architecture);
        QFETCH(HeadKind, again);
        NetworkSpecification network = read(bertBase()).specification;
        network.head = head;
        const Json config = configJson(network);
        QCOMPARE(config["architectures"].dump(), "[\"" + architecture.toStdString() + "\"]");
        QCOMPARE(read(config).specification.head, again);
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

    void readsBlocksThatDiffer()
    {
        Json config = bertBase();
        config["num_hidden_layers"] = 3;
        config["pruned_heads"] = {{"2", {7, 0, 11}}, {"0", Json::array()}};
        config["pare"] = {{"intermediate_sizes", {3072, 64, 100}}};
        const ReadSpecification result = read(config);
        QVERIFY(result.warnings.empty());
        const StackSpecification &stack = result.specification.stacks[0];
        QCOMPARE(stack.shapes, (std::vector<BlockShape>{{{}, 3072}, {{}, 64}, {{0, 7, 11}, 100}}));
        QCOMPARE(stack.heads(2), 9);
        const ModelDescription model = describe(result.specification);
        const auto shape = [&](const char *layer) { return model.find(layer)->shape; };
        QCOMPARE(shape("encoder.0.attention.query"), (std::vector<std::int64_t>{768, 768}));
        QCOMPARE(shape("encoder.2.attention.value"), (std::vector<std::int64_t>{576, 768}));
        QCOMPARE(shape("encoder.2.attention.output"), (std::vector<std::int64_t>{768, 576}));
        QCOMPARE(shape("encoder.1.ffn.up"), (std::vector<std::int64_t>{64, 768}));
        QCOMPARE(shape("encoder.2.ffn.down"), (std::vector<std::int64_t>{768, 100}));
        config.erase("pruned_heads");
        config.erase("pare");
        // 3 heads: 64 rows of query, key and value with their biases, as many columns of output.
        QCOMPARE(describe(read(config).specification).parameters - model.parameters,
                 std::int64_t{3 * 64 * (4 * 768 + 3) + (3008 + 2972) * (2 * 768 + 1)});
    }

    void writesBlocksThatDiffer_data()
    {
        QTest::addColumn<QByteArray>("patch");
        QTest::addColumn<QByteArray>("written"); // pruned_heads, intermediate_size and our own keys
        QTest::newRow("alike") << QByteArray(R"({"pruned_heads": {}})")
                               << QByteArray("[null,20,null]");
        QTest::newRow("empty lists") << QByteArray(R"({"pruned_heads": {"1": []}, "pare": {}})")
                                     << QByteArray("[null,20,null]");
        QTest::newRow("heads") << QByteArray(R"({"pruned_heads": {"1": [3, 2]}})")
                               << QByteArray(R"([{"1":[2,3]},20,null])");
        QTest::newRow("one width for all")
            << QByteArray(R"({"pare": {"intermediate_sizes": [9, 9]}})")
            << QByteArray("[null,9,null]");
        QTest::newRow("heads and one width")
            << QByteArray(R"({"pruned_heads": {"0": [1]}, "pare": {"intermediate_sizes": [9, 9]}})")
            << QByteArray(R"([{"0":[1]},9,null])");
        QTest::newRow("widths") << QByteArray(R"({"pare": {"intermediate_sizes": [9, 10]}})")
                                << QByteArray(R"([null,20,{"intermediate_sizes":[9,10]}])");
        QTest::newRow("one of the whole width")
            << QByteArray(
                   R"({"pruned_heads": {"0": [0]}, "pare": {"intermediate_sizes": [20, 5]}})")
            << QByteArray(R"([{"0":[0]},20,{"intermediate_sizes":[20,5]}])");
    }
    void writesBlocksThatDiffer()
    {
        QFETCH(QByteArray, patch);
        QFETCH(QByteArray, written);
        Json config = bertBase();
        config.merge_patch({{"num_hidden_layers", 2}, {"intermediate_size", 20}});
        config.merge_patch(Json::parse(patch.toStdString()));
        const NetworkSpecification network = read(config).specification;
        const Json again = configJson(network);
        const auto value = [&](const char *key) {
            return again.contains(key) ? again[key] : Json();
        };
        QCOMPARE(Json({value("pruned_heads"), value("intermediate_size"), value("pare")}).dump(),
                 written.toStdString());
        QCOMPARE(read(again).specification.stacks, network.stacks);
        QVERIFY(read(again).warnings.empty());
        // Shapes that say nothing are not needed to say it.
        NetworkSpecification spelt = network;
        if (spelt.stacks[0].shapes.empty())
            spelt.stacks[0].shapes.assign(2, {{}, spelt.block().feedForwardWidth});
        QCOMPARE(configJson(spelt).dump(), again.dump());
        QCOMPARE(normalized(spelt.stacks[0]), network.stacks[0]);
    }

    void describesTokenAttention()
    {
        Json config = bertBase();
        config["pare"] = {{"embedding_attention", {{"width", 64}, {"heads", 4}}}};
        const NetworkSpecification network = read(config).specification;
        QCOMPARE(network.embedding.attentionWidth, 64);
        QCOMPARE(network.embedding.attentionHeads, 4);
        QCOMPARE(read(configJson(network)).specification.embedding, network.embedding);
        const ModelDescription model = describe(network);
        const Layer *table = model.find("embedding.token");
        QCOMPARE(table->shape, (std::vector<std::int64_t>{30522, 768}));
        QCOMPARE(table->parameters, std::int64_t{(30522 + 768) * 64});
        QCOMPARE(model.layers[4].name, std::string("embedding.attention.output"));
        QCOMPARE(model.layers[4].shape, (std::vector<std::int64_t>{64, 64}));
        QCOMPARE(nameOf(model.layers[4].role), std::string_view("embedding-attention"));
        config.erase("pare");
        QCOMPARE(describe(read(config).specification).parameters - model.parameters,
                 std::int64_t{30522 * 768 - (30522 + 768) * 64 - 4 * (64 * 64 + 64)});
        const std::vector<Layer> alone = tokenAttentionLayers("bert", 64);
        QCOMPARE(alone, std::vector<Layer>(model.layers.begin() + 1, model.layers.begin() + 5));
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
        QTest::newRow("pruned heads a list")
            << QByteArray(R"({"pruned_heads": [[1]]})") << "expected an object";
        QTest::newRow("pruned heads of no block")
            << QByteArray(R"({"pruned_heads": {"12": [1]}})") << "\"12\": [1]";
        QTest::newRow("pruned heads of a negative block")
            << QByteArray(R"({"pruned_heads": {"-1": [1]}})") << "from 0 to 11";
        QTest::newRow("pruned heads of a word")
            << QByteArray(R"({"pruned_heads": {"first": [1]}})") << "first";
        QTest::newRow("one block twice")
            << QByteArray(R"({"pruned_heads": {"0": [1], "00": [2]}})") << "\"00\"";
        QTest::newRow("pruned heads a number")
            << QByteArray(R"({"pruned_heads": {"0": 1}})") << "\"0\": 1";
        QTest::newRow("no such head")
            << QByteArray(R"({"pruned_heads": {"3": [1, 12]}})") << "block 3";
        QTest::newRow("negative head")
            << QByteArray(R"({"pruned_heads": {"3": [-1]}})") << "from 0 to 11";
        QTest::newRow("half a head") << QByteArray(R"({"pruned_heads": {"3": [1.5]}})") << "1.5";
        QTest::newRow("huge head")
            << QByteArray(R"({"pruned_heads": {"3": [99999999999999999999]}})") << "block 3";
        QTest::newRow("one head twice")
            << QByteArray(R"({"pruned_heads": {"3": [7, 7]}})") << "each once";
        QTest::newRow("no head stays")
            << QByteArray(R"({"pruned_heads": {"11": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}})")
            << "must stay";
        QTest::newRow("own keys a list") << QByteArray(R"({"pare": [1]})") << "expected an object";
        QTest::newRow("own key unknown")
            << QByteArray(R"({"pare": {"tomorrow": 1}})") << "\"tomorrow\"";
        QTest::newRow("token attention a number")
            << QByteArray(R"({"pare": {"embedding_attention": 3}})") << "expected an object";
        QTest::newRow("token attention without a width")
            << QByteArray(R"({"pare": {"embedding_attention": {"heads": 3}}})") << "found nothing";
        QTest::newRow("token attention without heads")
            << QByteArray(R"({"pare": {"embedding_attention": {"width": 3, "heads": 0}}})")
            << "found 0";
        QTest::newRow("heads of token rows")
            << QByteArray(R"({"pare": {"embedding_attention": {"width": 8, "heads": 3}}})")
            << "width 8 is not a multiple";
        QTest::newRow("token attention of another kind")
            << QByteArray(
                   R"({"pare": {"embedding_attention": {"width": 8, "heads": 2, "causal": true}}})")
            << "\"causal\"";
        QTest::newRow("widths a number")
            << QByteArray(R"({"pare": {"intermediate_sizes": 8}})") << "list of 12";
        QTest::newRow("too few widths")
            << QByteArray(R"({"pare": {"intermediate_sizes": [8, 9]}})") << "list of 12";
        QTest::newRow("no units")
            << QByteArray(R"({"pare": {"intermediate_sizes": [1,2,3,4,5,6,7,8,9,10,11,0]}})")
            << "found 0";
        QTest::newRow("too many units")
            << QByteArray(R"({"pare": {"intermediate_sizes": [1,2,3,4,5,6,7,8,9,10,11,262145]}})")
            << "262145";
        QTest::newRow("units a text")
            << QByteArray(R"({"pare": {"intermediate_sizes": [1,2,3,4,5,6,7,8,9,10,11,"12"]}})")
            << "\"12\"";
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
