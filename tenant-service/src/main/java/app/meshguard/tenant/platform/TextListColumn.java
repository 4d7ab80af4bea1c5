package app.meshguard.tenant.platform;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** A list of texts as a JSON array in a text column. */
@Converter
public class TextListColumn implements AttributeConverter<List<String>, String> {
  @Override
  public String convertToDatabaseColumn(List<String> texts) {
    return Json.write(texts);
  }

  @Override
  public List<String> convertToEntityAttribute(String column) {
    return Json.texts(column);
  }
}
