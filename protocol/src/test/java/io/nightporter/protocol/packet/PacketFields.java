package io.nightporter.protocol.packet;

import io.nightporter.protocol.text.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.kyori.adventure.text.TextComponent;

/**
 * A packet as a flat list of its values: {@code spawn.death.world} to the text of the value. An element of a list has its
 * place as a part of the name, an empty optional is {@code absent}, and a record of a sealed interface also has a
 * {@code kind}.
 */
final class PacketFields {

    private final Map<String, String> fields = new TreeMap<>();

    private PacketFields() {}

    static Map<String, String> of(Packet packet) {
        PacketFields fields = new PacketFields();
        fields.addRecord("", (Record) packet);
        return fields.fields;
    }

    private void addRecord(String prefix, Record value) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                add(prefix + component.getName(), component.getAccessor().invoke(value));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError("a record component cannot be read", e);
            }
        }
    }

    private void add(String name, Object value) {
        switch (value) {
            case Optional<?> optional when optional.isEmpty() -> fields.put(name, "absent");
            case Optional<?> optional -> add(name, optional.get());
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    add(name + "." + i, list.get(i));
                }
            }
            case Bytes bytes -> fields.put(name, HexFormat.of().formatHex(bytes.toArray()));
            case Text text -> fields.put(name, ((TextComponent) text.component()).content());
            case Record record -> {
                Class<?>[] interfaces = record.getClass().getInterfaces();
                if (interfaces.length > 0) {
                    fields.put(name + ".kind", record.getClass().getSimpleName());
                }
                addRecord(name + ".", record);
            }
            default -> fields.put(name, value.toString());
        }
    }
}
