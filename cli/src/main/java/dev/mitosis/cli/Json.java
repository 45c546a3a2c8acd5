package dev.mitosis.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// JSON in and out; the only class that loads the JSON library, and only if it is asked for.
///
/// Runs in the workers, called by the compiled code.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /// Reads an item as a JSON value.
    ///
    /// @param item the item
    /// @return the value
    /// @throws UnreadableLineException if the line is not exactly one JSON value
    public static JsonNode read(Object item) throws UnreadableLineException {
        JsonNode value;
        try {
            value = MAPPER.readTree(Reading.asString(item));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new UnreadableLineException("not JSON: " + e.getOriginalMessage()
                    + (place == null ? "" : " at column " + place.getColumnNr()));
        }
        if (value.isMissingNode()) {
            throw new UnreadableLineException("not JSON: the line is empty");
        }
        return value;
    }

    static String write(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsString(value);
    }
}
