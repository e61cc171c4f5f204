package io.nightporter.proxy.admin.route;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the documentation of the API says of a part of a body. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Doc {
    /** A sentence with units and meaning. */
    String value() default "";

    /** The only words that a text can be; empty: any. */
    String[] words() default {};
}
