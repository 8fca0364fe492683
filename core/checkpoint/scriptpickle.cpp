#include "core/checkpoint/scriptpickle.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace pare {

namespace {

/// Tuples within tuples, as few as tensors need: what holds itself many times over goes no deeper.
constexpr int deepest = 6;
constexpr std::size_t mostDimensions = 4;
/// Names of a model take some kilobytes. What is kept can be asked for again by two bytes.
constexpr std::size_t longestPickle = 1u << 20;
constexpr std::int64_t longestText = 256;

enum class Kind { None, Number, Text, Global, Mark, Tuple, Dictionary, Object, Storage, Tensor };

struct Value
{
    Kind kind = Kind::None;
    std::int64_t number = 0; ///< booleans too
    std::string text = {};   ///< of a global: "module name"
    int depth = 0;
    std::shared_ptr<std::vector<Value>> items = {}; ///< of a dictionary keys and values in turn
    PickledTensor tensor = {};                      ///< of a storage without its shape
};

constexpr std::array storages{
    std::pair{"torch FloatStorage", DType::Float32}, std::pair{"torch HalfStorage", DType::Float16},
    std::pair{"torch LongStorage", DType::Int64},    std::pair{"torch IntStorage", DType::Int32},
    std::pair{"torch ByteStorage", DType::UInt8},
};

class Machine
{
public:
    Machine(std::span<const std::byte> pickle, const std::string &origin)
        : m_pickle(pickle)
        , m_origin(origin)
    {}

    /// What stands on the stack when it stops.
    Value run()
    {
        while (true) {
            const auto code = static_cast<unsigned char>(bytes(1)[0]);
            if (code == '.')
                break;
            step(code);
        }
        require(m_stack.size() == 1);
        return std::move(m_stack.back());
    }

    [[noreturn]] void refuse() const
    {
        throw Error(ErrorKind::InvalidFile, messages::scriptPickle, m_origin, m_at);
    }
    void require(bool good) const
    {
        if (!good)
            refuse();
    }

private:
    std::span<const std::byte> bytes(std::size_t count)
    {
        require(count <= m_pickle.size() - m_at);
        const auto found = m_pickle.subspan(m_at, count);
        m_at += count;
        return found;
    }

    /// Little-endian; of four bytes and more with a sign.
    std::int64_t number(std::size_t width)
    {
        std::uint64_t value = 0;
        const auto from = bytes(width);
        for (std::size_t i = 0; i < width; ++i)
            value |= std::to_integer<std::uint64_t>(from[i]) << (8 * i);
        return width == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
    }

    std::string line()
    {
        std::string text;
        for (char c = 0; (c = static_cast<char>(bytes(1)[0])) != '\n';)
            text += c;
        require(static_cast<std::int64_t>(text.size()) <= longestText);
        return text;
    }

    std::string text()
    {
        const std::int64_t length = number(4);
        require(length >= 0 && length <= longestText);
        const auto from = bytes(static_cast<std::size_t>(length));
        return {reinterpret_cast<const char *>(from.data()), from.size()};
    }

    Value &top()
    {
        require(!m_stack.empty());
        return m_stack.back();
    }
    Value pop(Kind kind)
    {
        require(top().kind == kind);
        Value value = std::move(m_stack.back());
        m_stack.pop_back();
        return value;
    }
    void push(Kind kind, std::int64_t number = 0, std::string text = {})
    {
        m_stack.push_back({kind, number, std::move(text)});
    }
    void pushItems(Kind kind, std::vector<Value> items)
    {
        int depth = 0;
        for (const Value &item : items)
            depth = std::max(depth, item.depth + 1);
        require(depth <= deepest);
        m_stack.push_back({kind, 0, {}, depth});
        m_stack.back().items = std::make_shared<std::vector<Value>>(std::move(items));
    }

    std::vector<Value> sinceMark()
    {
        std::size_t from = m_stack.size();
        while (from > 0 && m_stack[from - 1].kind != Kind::Mark)
            --from;
        require(from > 0);
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(from);
        std::vector<Value> items(std::make_move_iterator(begin),
                                 std::make_move_iterator(m_stack.end()));
        m_stack.erase(begin - 1, m_stack.end());
        return items;
    }

    void step(unsigned char code)
    {
        switch (code) {
        case 0x80: // protocol
            return require(number(1) == 2);
        case 'c': {
            const std::string module = line();
            return push(Kind::Global, 0, module + " " + line());
        }
        case 'q':
        case 'r':
            m_kept[number(code == 'q' ? 1 : 4)] = top();
            return;
        case 'h':
        case 'j': {
            const auto kept = m_kept.find(number(code == 'h' ? 1 : 4));
            require(kept != m_kept.end());
            m_stack.push_back(kept->second);
            return;
        }
        case ')':
            return pushItems(Kind::Tuple, {});
        case '(':
            return push(Kind::Mark);
        case 't':
            return pushItems(Kind::Tuple, sinceMark());
        case '}':
            return pushItems(Kind::Dictionary, {});
        case 'u':
            return setItems();
        case 0x81: // a new object of a class, with no arguments
            require(pop(Kind::Tuple).items->empty());
            pop(Kind::Global);
            return push(Kind::Object);
        case 'b': {
            Value state = pop(Kind::Dictionary);
            require(top().kind == Kind::Object && !top().items && state.depth < deepest);
            top().items = std::move(state.items);
            top().depth = state.depth + 1;
            return;
        }
        case 'Q':
            return storage();
        case 'R':
            return call();
        default:
            return plain(code);
        }
    }

    void plain(unsigned char code)
    {
        switch (code) {
        case 'N':
            return push(Kind::None);
        case 0x88:
        case 0x89:
            return push(Kind::Number, code == 0x88);
        case 'K':
            return push(Kind::Number, number(1));
        case 'M':
            return push(Kind::Number, number(2));
        case 'J':
            return push(Kind::Number, number(4));
        case 0x8a: {
            const std::int64_t width = number(1);
            require(width == 8);
            return push(Kind::Number, number(8));
        }
        case 'X':
            return push(Kind::Text, 0, text());
        default:
            return refuse();
        }
    }

    void setItems()
    {
        std::vector<Value> items = sinceMark();
        require(items.size() % 2 == 0 && top().kind == Kind::Dictionary && top().items->empty());
        pop(Kind::Dictionary);
        pushItems(Kind::Dictionary, std::move(items));
    }

    void storage()
    {
        const Value tuple = pop(Kind::Tuple);
        require(tuple.items->size() == 5);
        const Value &type = (*tuple.items)[1], &key = (*tuple.items)[2], &count = (*tuple.items)[4];
        require((*tuple.items)[0].text == "storage" && type.kind == Kind::Global &&
                key.kind == Kind::Text && count.kind == Kind::Number && count.number >= 0);
        Value value{Kind::Storage};
        const auto *found = storages.begin();
        while (found != storages.end() && type.text != found->first)
            ++found;
        require(found != storages.end());
        value.tensor = {found->second, key.text, count.number, {}};
        m_stack.push_back(std::move(value));
    }

    void call()
    {
        const Value arguments = pop(Kind::Tuple);
        const Value function = pop(Kind::Global);
        if (function.text == "collections OrderedDict")
            return pushItems(Kind::Dictionary, {});
        require(function.text == "torch._utils _rebuild_tensor_v2" && arguments.items->size() >= 4);
        const Value &storage = (*arguments.items)[0], &offset = (*arguments.items)[1];
        require(storage.kind == Kind::Storage && offset.kind == Kind::Number && offset.number == 0);
        Value value{Kind::Tensor};
        value.tensor = storage.tensor;
        value.tensor.shape = sizes((*arguments.items)[2]);
        const std::vector<std::int64_t> strides = sizes((*arguments.items)[3]);
        require(strides.size() == value.tensor.shape.size());
        std::int64_t count = 1;
        for (std::size_t i = strides.size(); i-- > 0;) {
            const std::int64_t size = value.tensor.shape[i];
            require(size >= 1 && (size == 1 || strides[i] == count) &&
                    count <= storage.tensor.count / size);
            count *= size;
        }
        require(count == storage.tensor.count);
        m_stack.push_back(std::move(value));
    }

    std::vector<std::int64_t> sizes(const Value &tuple) const
    {
        require(tuple.kind == Kind::Tuple && tuple.items->size() <= mostDimensions);
        std::vector<std::int64_t> numbers;
        for (const Value &item : *tuple.items) {
            require(item.kind == Kind::Number);
            numbers.push_back(item.number);
        }
        return numbers;
    }

    std::span<const std::byte> m_pickle;
    const std::string &m_origin;
    std::size_t m_at = 0;
    std::vector<Value> m_stack;
    std::map<std::int64_t, Value> m_kept;
};

} // namespace

std::map<std::string, PickledTensor> pickledTensors(std::span<const std::byte> pickle,
                                                    const std::string &origin)
{
    Machine machine(pickle, origin);
    machine.require(pickle.size() <= longestPickle);
    const Value module = machine.run();
    machine.require(module.kind == Kind::Object && module.items);
    std::map<std::string, PickledTensor> tensors;
    for (std::size_t i = 0; i < module.items->size(); i += 2) {
        const Value &name = (*module.items)[i], &value = (*module.items)[i + 1];
        machine.require(name.kind == Kind::Text);
        if (value.kind == Kind::Tensor)
            machine.require(tensors.emplace(name.text, value.tensor).second);
    }
    return tensors;
}

} // namespace pare
