#include "widgets/layermap/layermapaccessible.h"

#include "widgets/layermap/layermap.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace pare {

namespace {

/// The layer at one place of the map's data, whichever that is now. Owned by Qt's cache.
class CellAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    CellAccessible(LayerMap *map, std::size_t cell)
        : m_map(map)
        , m_cell(cell)
    {}

    bool isValid() const override { return m_map && m_cell < m_map->data().cells.size(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_map);
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override {}

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || kind != QAccessible::Name)
            return {};
        return spokenText(m_map->data(), m_map->data().cells[m_cell]);
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_map->cellRect(m_cell).toAlignedRect();
        return {m_map->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.extSelectable = true;
        state.focusable = true;
        state.selected = m_map->isSelected(m_cell);
        state.focused = m_map->hasFocus() && m_map->currentCell() == m_cell;
        const QRectF rect = m_map->cellRect(m_cell);
        state.offscreen = !rect.intersects(m_map->viewport()->rect());
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface
                   ? static_cast<QAccessibleActionInterface *>(this)
                   : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &) override
    {
        if (isValid())
            m_map->chooseCell(m_cell);
    }

private:
    QPointer<LayerMap> m_map;
    std::size_t m_cell;
};

class MapAccessible : public QAccessibleWidget
{
public:
    explicit MapAccessible(LayerMap *map)
        : QAccessibleWidget(map, QAccessible::List)
    {}

    ~MapAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_cells))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(map()->data().cells.size()); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (const auto known = m_cells.constFind(index); known != m_cells.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *cell = new CellAccessible(map(), static_cast<std::size_t>(index));
        m_cells.insert(index, QAccessible::registerAccessibleInterface(cell));
        return cell;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const QAccessible::Id id = QAccessible::uniqueId(const_cast<QAccessibleInterface *>(child));
        return m_cells.key(id, -1);
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint local = map()->viewport()->mapFromGlobal(QPoint(x, y));
        for (int i = 0; i < childCount(); ++i) {
            if (map()->cellRect(static_cast<std::size_t>(i)).contains(local))
                return child(i);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        const auto current = map()->currentCell();
        return map()->hasFocus() && current ? child(static_cast<int>(*current)) : nullptr;
    }

private:
    LayerMap *map() const { return static_cast<LayerMap *>(widget()); }

    mutable QHash<int, QAccessible::Id> m_cells;
};

QAccessibleInterface *layerMapInterface(const QString &, QObject *object)
{
    auto *map = qobject_cast<LayerMap *>(object);
    return map ? new MapAccessible(map) : nullptr;
}

} // namespace

void installLayerMapAccessibility()
{
    // Qt keeps a set of such factories, so that installing one again changes nothing.
    QAccessible::installFactory(&layerMapInterface);
}

} // namespace pare
