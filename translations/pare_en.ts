<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>pare::FigureDialog</name>
    <message numerus="yes">
        <source>%n line(s) of figures</source>
        <translation>
            <numerusform>%n line of figures</numerusform>
            <numerusform>%n lines of figures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pare::RunsModel</name>
    <message numerus="yes">
        <source>%n thread(s), seed %1</source>
        <translation>
            <numerusform>%n thread, seed %1</numerusform>
            <numerusform>%n threads, seed %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pare::RunsPanel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pare::SweepDialog</name>
    <message numerus="yes">
        <source>%n runs to measure.</source>
        <translation>
            <numerusform>%n run to measure.</numerusform>
            <numerusform>%n runs to measure.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are measured already.</source>
        <translation>
            <numerusform>%n is measured already.</numerusform>
            <numerusform>%n are measured already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pare::TradeoffChart</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
</TS>
